package io.lunarstream.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// FFmpeg as an origin of live HLS in a folder: fMP4 segments of 2 s.
final class FfmpegHls implements AutoCloseable {
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(15);

    private final ChildProcess process;
    private final Path folder;

    private FfmpegHls(ChildProcess process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /// Goes on with what is in the folder, behind a discontinuity, or begins.
    static FfmpegHls start(Path folder) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error"));
        command.addAll(List.of("-re", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30"));
        command.addAll(List.of("-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"));
        command.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "30"));
        command.addAll(List.of("-pix_fmt", "yuv420p", "-c:a", "aac", "-f", "hls", "-hls_time", "2"));
        command.addAll(List.of("-hls_list_size", "8", "-hls_segment_type", "fmp4"));
        command.addAll(List.of("-hls_flags", "append_list+discont_start+omit_endlist+temp_file"));
        command.addAll(List.of(
                "-master_pl_name", "master.m3u8", folder.resolve("media.m3u8").toString()));
        return new FfmpegHls(ChildProcess.start(command), folder);
    }

    /// Stops as a broken connection would: the playlist stays as it is.
    void pause() {
        process.type("q");
        process.awaitExit(TIME_TO_STOP);
    }

    /// Ends the playlist.
    void end() throws IOException {
        pause();
        Files.writeString(folder.resolve("media.m3u8"), "#EXT-X-ENDLIST\n", StandardOpenOption.APPEND);
    }

    @Override
    public void close() {
        process.close();
    }
}
