package io.lunarstream.interop;

import java.nio.file.Path;
import java.util.List;

/// The foreign encoders of the interop matrix. All send H.264 and AAC at 30 frames/s.
enum MatrixPublisher {
    FFMPEG_5("FFmpeg of Debian") {
        @Override
        String version(Path folder) {
            return ProgramPlayer.FFMPEG.version();
        }

        @Override
        AutoCloseable push(String address, Path folder) {
            return FfmpegPublisher.push(address, FfmpegPublisher.Encoding.SMALL);
        }
    },
    FFMPEG_8("FFmpeg, built by Bytedeco") {
        @Override
        String version(Path folder) {
            FfmpegPrograms programs = FfmpegPrograms.unpackedInto(folder);
            return ProgramPlayer.versionOf(programs.start(List.of(programs.ffmpeg(), "-version")));
        }

        @Override
        AutoCloseable push(String address, Path folder) {
            FfmpegPrograms programs = FfmpegPrograms.unpackedInto(folder);
            return FfmpegPublisher.push(programs, address, FfmpegPublisher.Encoding.SMALL);
        }
    },
    GSTREAMER("GStreamer `rtmp2sink`") {
        @Override
        String version(Path folder) {
            return ProgramPlayer.GSTREAMER_HLSDEMUX2.version();
        }

        @Override
        AutoCloseable push(String address, Path folder) {
            return GStreamerPublisher.push(address);
        }
    },
    OBS("OBS Studio") {
        @Override
        String version(Path folder) {
            return ProgramPlayer.versionOf(ChildProcess.start(List.of("obs", "--version")));
        }

        @Override
        AutoCloseable push(String address, Path folder) {
            return ObsPublisher.push(address, folder);
        }
    };

    final String label;

    MatrixPublisher(String label) {
        this.label = label;
    }

    /// @param folder an empty one, for what must be unpacked
    abstract String version(Path folder);

    /// Publishes until it is closed.
    ///
    /// @param folder an empty one, for what must be unpacked or written
    abstract AutoCloseable push(String address, Path folder);
}
