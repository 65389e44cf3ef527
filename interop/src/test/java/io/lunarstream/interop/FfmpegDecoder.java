package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// A full decode by FFmpeg that stops at the first thing it does not like.
final class FfmpegDecoder {
    private static final Duration TIME_TO_DECODE = Duration.ofSeconds(90);

    private FfmpegDecoder() {}

    /// Decodes an ended playlist from its first segment to its last; FFmpeg must have nothing to say about it.
    static void decodeWithoutAnError(URI address) {
        decodeWithoutAnError(FfmpegPrograms.INSTALLED, address);
    }

    static void decodeWithoutAnError(FfmpegPrograms programs, URI address) {
        List<String> command = List.of(
                programs.ffmpeg(),
                "-nostdin",
                "-v",
                "error",
                "-xerror",
                "-err_detect",
                "explode",
                "-live_start_index",
                "0",
                "-i",
                address.toString(),
                "-map",
                "0:v?",
                "-map",
                "0:a?",
                // Timestamps as they are: the null output would else complain about its own rounding.
                "-fps_mode",
                "passthrough",
                "-enc_time_base",
                "-1",
                "-f",
                "null",
                "-");
        try (ChildProcess ffmpeg = programs.start(command)) {
            int exit = ffmpeg.awaitExit(TIME_TO_DECODE);
            assertThat(ffmpeg.lines()).as("errors while decoding %s", address).isEmpty();
            assertThat(exit).isZero();
        }
    }
}
