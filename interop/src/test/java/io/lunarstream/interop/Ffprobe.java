package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What ffprobe makes of an address.
///
/// @param json its answer
record Ffprobe(JsonNode json) {
    private static final Duration TIME_TO_PROBE = Duration.ofSeconds(30);
    private static final Duration TIME_TO_COUNT = Duration.ofSeconds(90);

    /// Looks at the first media of an address, live or ended.
    static Ffprobe look(URI address) {
        return run(FfmpegPrograms.INSTALLED, address, List.of(), TIME_TO_PROBE);
    }

    /// Reads an ended playlist to its end and counts what every track decodes to.
    static Ffprobe countFrames(URI address) {
        return countFrames(FfmpegPrograms.INSTALLED, address);
    }

    static Ffprobe countFrames(FfmpegPrograms programs, URI address) {
        return run(programs, address, List.of("-count_frames"), TIME_TO_COUNT);
    }

    private static Ffprobe run(FfmpegPrograms programs, URI address, List<String> options, Duration atMost) {
        List<String> command =
                new ArrayList<>(List.of(programs.ffprobe(), "-v", "error", "-of", "json", "-show_streams"));
        command.addAll(options);
        command.addAll(List.of("-live_start_index", "0", address.toString()));
        try (ChildProcess ffprobe = programs.start(command)) {
            int exit = ffprobe.awaitExit(atMost);
            String output = String.join("\n", ffprobe.lines());
            assertThat(exit).as(output).isZero();
            assertThat(output)
                    .as("ffprobe reports no error before its answer")
                    .startsWith("{")
                    .endsWith("}");
            return new Ffprobe(new ObjectMapper().readTree(output));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("ffprobe complains about " + address, e);
        }
    }

    /// The only track of a kind: `video` or `audio`.
    Track only(String kind) {
        List<Track> tracks = json.path("streams")
                .valueStream()
                .filter(stream -> stream.path("codec_type").asText().equals(kind))
                .map(Track::new)
                .toList();
        assertThat(tracks).as("%s tracks in %s", kind, json).hasSize(1);
        return tracks.getFirst();
    }

    /// One track.
    record Track(JsonNode json) {
        String codec() {
            return json.path("codec_name").asText();
        }

        /// The four letters of its sample entry.
        String codecTag() {
            return json.path("codec_tag_string").asText();
        }

        int width() {
            return json.path("width").asInt();
        }

        int height() {
            return json.path("height").asInt();
        }

        int sampleRate() {
            return json.path("sample_rate").asInt();
        }

        /// A fraction, such as `30/1`.
        String frameRate() {
            return json.path("avg_frame_rate").asText();
        }

        boolean hasBFrames() {
            return json.path("has_b_frames").asInt() > 0;
        }

        double startSeconds() {
            return json.path("start_time").asDouble();
        }

        /// Decoded pictures or audio frames; only after a count.
        int frames() {
            return json.path("nb_read_frames").asInt();
        }
    }
}
