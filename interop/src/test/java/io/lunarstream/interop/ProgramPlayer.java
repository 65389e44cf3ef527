package io.lunarstream.interop;

import io.lunarstream.bench.playlist.HlsForm;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// Players that are programs; each counts on its output the pictures that it has decoded or shown.
enum ProgramPlayer implements Player {
    FFMPEG("ffmpeg", "frame= *(\\d+)", "ffmpeg -version") {
        @Override
        List<String> command(URI address) {
            List<String> command =
                    new ArrayList<>(List.of("ffmpeg", "-nostdin", "-hide_banner", "-stats_period", "0.1"));
            command.addAll(List.of("-i", address.toString(), "-map", "0:v", "-map", "0:a", "-f", "null", "-"));
            return command;
        }
    },
    GSTREAMER_HLSDEMUX2("GStreamer hlsdemux2", "rendered: (\\d+)", "gst-launch-1.0 --version") {
        @Override
        List<String> command(URI address) {
            return playbin("playbin3", address);
        }
    },
    /// Deprecated in favour of hlsdemux2. It leaves the times of fMP4 as they are, so that who joins after a minute
    /// sees a minute of nothing; it plays any fMP4 so, ours and others'.
    GSTREAMER_HLSDEMUX("GStreamer hlsdemux", "rendered: (\\d+)", "gst-launch-1.0 --version") {
        @Override
        List<String> command(URI address) {
            return playbin("playbin", address);
        }

        @Override
        Played failed(HlsForm form, String output) {
            return switch (form) {
                case FMP4 -> new Played.Limited("shows a picture only after as long as the broadcast has lasted");
                case MPEG_TS -> super.failed(form, output);
            };
        }
    },
    MPV("mpv", "picture (\\d+)", "mpv --version") {
        @Override
        List<String> command(URI address) {
            List<String> command = new ArrayList<>(List.of("mpv", "--no-config", "--vo=null", "--ao=null"));
            command.addAll(List.of("--term-status-msg=picture ${estimated-frame-number}", address.toString()));
            return command;
        }
    };

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration TIME_TO_TELL = Duration.ofSeconds(20);

    /// Each player of GStreamer does without the other's element.
    private static final Map<ProgramPlayer, Map<String, String>> ENVIRONMENT = Map.of(
            GSTREAMER_HLSDEMUX2, Map.of("GST_PLUGIN_FEATURE_RANK", "hlsdemux:NONE"),
            GSTREAMER_HLSDEMUX, Map.of("GST_PLUGIN_FEATURE_RANK", "hlsdemux2:NONE"));

    private final String label;
    private final Pattern counter;
    private final String versionCommand;

    ProgramPlayer(String label, String counter, String versionCommand) {
        this.label = label;
        this.counter = Pattern.compile(counter);
        this.versionCommand = versionCommand;
    }

    abstract List<String> command(URI address);

    private static List<String> playbin(String element, URI address) {
        List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "-v", element, "uri=" + address));
        command.add("video-sink=fpsdisplaysink text-overlay=false fps-update-interval=100 video-sink=fakesink");
        command.add("audio-sink=fakesink sync=true");
        return command;
    }

    Played failed(HlsForm form, String output) {
        return new Played.Fails(output);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String version() {
        return versionOf(ChildProcess.start(List.of(versionCommand.split(" "))));
    }

    /// The number in the first line that a program prints when asked for its version.
    static String versionOf(ChildProcess asked) {
        try (ChildProcess program = asked) {
            program.awaitExit(TIME_TO_TELL);
            return Pattern.compile("(?<![-\\d])\\d+\\.\\d[^ ,]*")
                    .matcher(String.join(" ", program.lines()))
                    .results()
                    .findFirst()
                    .map(MatchResult::group)
                    .orElseThrow(() -> new AssertionError("no version: " + program.output()));
        }
    }

    @Override
    public Played play(URI address, HlsForm form) {
        long sinceNs = System.nanoTime();
        Map<String, String> environment = ENVIRONMENT.getOrDefault(this, Map.of());
        try (ChildProcess program = ChildProcess.start(command(address), environment)) {
            await(() -> pictures(program).orElse(0) > 0 || !program.isRunning());
            Duration start = Duration.ofNanos(System.nanoTime() - sinceNs);
            await(() -> pictures(program).orElse(0) >= ENOUGH_PICTURES || !program.isRunning());
            int pictures = pictures(program).orElse(0);
            return pictures >= ENOUGH_PICTURES ? new Played.Plays(pictures, start) : failed(form, program.output());
        } catch (ConditionTimeoutException _) {
            return failed(form, "no picture, or too few, within " + PATIENCE.toSeconds() + " s");
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(condition);
    }

    private OptionalInt pictures(ChildProcess program) {
        return counter.matcher(String.join("\n", program.lines()))
                .results()
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .max();
    }
}
