package io.lunarstream.interop;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What FFmpeg is asked to send, one unusual thing each; what is not said is 320x180 at 25 pictures a second with a
/// keyframe each second, and stereo AAC at 48 kHz.
enum EncoderCase {
    AUDIO_ONLY(6, Source.NONE, Source.TONE, "-c:a aac -ac 2"),
    VIDEO_ONLY(6, Source.SMALL, Source.NONE, "-g 25"),
    KEYFRAME_INTERVAL_OF_8_S(12, Source.SMALL, Source.TONE, "-g 200 -c:a aac -ac 2"),
    KEYFRAME_INTERVAL_OF_A_QUARTER_SECOND(6, "320x180:rate=24", Source.TONE, "-g 6 -c:a aac -ac 2"),
    SIXTY_PICTURES_A_SECOND(6, "320x180:rate=60", Source.TONE, "-g 120 -c:a aac -ac 2"),
    FILM_RATE(6, "320x180:rate=24000/1001", Source.TONE, "-g 48 -c:a aac -ac 2 -ar 44100"),
    B_FRAMES(6, Source.SMALL, Source.TONE, "-g 50 -bf 3 -b_strategy 0 -c:a aac -ac 2"),
    MONO_22_KHZ(6, Source.SMALL, Source.TONE, "-g 25 -c:a aac -ac 1 -ar 22050"),
    HE_AAC_SAID_IN_THE_CONFIGURATION(6, Source.SMALL, "he-aac-explicit.flv", "-g 25 -c:a copy"),
    HE_AAC_FOUND_IN_THE_FRAMES(6, Source.SMALL, "he-aac-implicit.flv", "-g 25 -c:a copy"),
    HE_AAC_V2(6, Source.SMALL, "he-aac-v2.flv", "-g 25 -c:a copy"),
    /// Few pictures: each has as many pixels as 144 of the others.
    ULTRA_HD(6, "3840x2160:rate=2", Source.TONE, "-tune zerolatency -g 4 -c:a aac -ac 2"),
    /// Time stamps pass 24 bits of milliseconds: RTMP's extended time stamps begin.
    BEGINS_AT_4_6_HOURS(8, Source.SMALL, Source.TONE, "-g 50 -c:a aac -ac 2 -output_ts_offset 16773.216"),
    /// A second is missing in both tracks.
    GAP_OF_A_SECOND(
            8,
            Source.SMALL,
            Source.TONE,
            "-g 25 -c:a aac -ac 2 -fps_mode vfr -vf select=not(between(n\\,80\\,104)) -af aselect=not(between(t\\,3.2\\,4.2))"),
    /// Filler NAL units keep the bit rate constant.
    FILLED_UP(
            6,
            Source.SMALL,
            Source.TONE,
            "-g 25 -b:v 800k -minrate 800k -maxrate 800k -bufsize 400k -x264-params nal-hrd=cbr -c:a aac -ac 2"),
    /// Access unit delimiters, and parameter sets before each keyframe too.
    DELIMITED(6, Source.SMALL, Source.TONE, "-g 25 -x264-params aud=1:repeat-headers=1 -c:a aac -ac 2");

    /// Where picture and sound come from.
    private static final class Source {
        static final String NONE = "";
        static final String SMALL = "320x180:rate=25";
        static final String TONE = "sine=frequency=440:sample_rate=48000";
    }

    final int seconds;
    private final String picture;
    private final String sound;
    private final String options;

    EncoderCase(int seconds, String picture, String sound, String options) {
        this.seconds = seconds;
        this.picture = picture;
        this.sound = sound;
        this.options = options;
    }

    boolean hasVideo() {
        return !picture.isEmpty();
    }

    boolean hasAudio() {
        return !sound.isEmpty();
    }

    /// How many pictures FFmpeg sends.
    int pictures() {
        return switch (this) {
            case AUDIO_ONLY -> 0;
            case FILM_RATE -> 144;
            case SIXTY_PICTURES_A_SECOND -> 60 * seconds;
            case KEYFRAME_INTERVAL_OF_A_QUARTER_SECOND -> 24 * seconds;
            case ULTRA_HD -> 2 * seconds;
            case GAP_OF_A_SECOND -> 25 * seconds - 25;
            case VIDEO_ONLY,
                    KEYFRAME_INTERVAL_OF_8_S,
                    B_FRAMES,
                    MONO_22_KHZ,
                    HE_AAC_SAID_IN_THE_CONFIGURATION,
                    HE_AAC_FOUND_IN_THE_FRAMES,
                    HE_AAC_V2,
                    BEGINS_AT_4_6_HOURS,
                    FILLED_UP,
                    DELIMITED -> 25 * seconds;
        };
    }

    /// How many audio frames FFmpeg sends, within the two or three that an encoder adds.
    int audioFrames() {
        return switch (this) {
            case VIDEO_ONLY -> 0;
            case FILM_RATE -> seconds * 44_100 / 1_024;
            case MONO_22_KHZ, HE_AAC_SAID_IN_THE_CONFIGURATION, HE_AAC_FOUND_IN_THE_FRAMES, HE_AAC_V2 ->
                seconds * 22_050 / 1_024;
            case GAP_OF_A_SECOND -> (seconds - 1) * 48_000 / 1_024;
            case AUDIO_ONLY,
                    KEYFRAME_INTERVAL_OF_8_S,
                    KEYFRAME_INTERVAL_OF_A_QUARTER_SECOND,
                    SIXTY_PICTURES_A_SECOND,
                    B_FRAMES,
                    ULTRA_HD,
                    BEGINS_AT_4_6_HOURS,
                    FILLED_UP,
                    DELIMITED -> seconds * 48_000 / 1_024;
        };
    }

    List<String> command(String address) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-v", "info", "-stats_period", "1"));
        if (hasVideo()) {
            command.addAll(List.of("-re", "-f", "lavfi", "-i", "testsrc=size=" + picture));
        }
        if (sound.endsWith(".flv")) {
            command.addAll(List.of("-re", "-i", clip(sound).toString()));
        } else if (hasAudio()) {
            command.addAll(List.of("-re", "-f", "lavfi", "-i", sound));
        }
        command.addAll(List.of("-t", Integer.toString(seconds)));
        if (hasVideo()) {
            command.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"));
            command.addAll(List.of("-sc_threshold", "0"));
        }
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("-f", "flv", address));
        return command;
    }

    private static Path clip(String name) {
        try {
            URL clip = EncoderCase.class.getResource("/clips/" + name);
            if (clip == null) {
                throw new AssertionError("no such clip: " + name);
            }
            return Path.of(clip.toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
