package io.lunarstream.bench;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Program;
import io.lunarstream.bench.host.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// FFmpeg, which sends the clip as it is, in real time, and so takes next to no CPU from the server. Unlike
/// [Publishers] it has no JVM to warm up, which the first second of a broadcast would show.
///
/// @param clip an FLV file
record ClipEncoder(Path clip) {
    private static final Duration TIME_TO_READ = Duration.ofSeconds(20);

    /// Has FFmpeg read the clip once, so that neither has to come from the disk later.
    void warmUp(Workspace workspace) throws InterruptedException {
        Program reader = workspace.start(command(List.of("-i", clip.toString()), "null", "-"), Map.of());
        if (reader.awaitEnd(TIME_TO_READ) != 0) {
            throw new BenchException("FFmpeg cannot read the clip: " + reader.lastWords());
        }
    }

    /// Starts to send, until the clip ends.
    ///
    /// @param address with whatever lets the encoder in
    Program start(Workspace workspace, String address) {
        return workspace.start(command(List.of("-re", "-i", clip.toString()), "flv", address), Map.of());
    }

    private static List<String> command(List<String> input, String format, String output) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error"));
        command.addAll(input);
        command.addAll(List.of("-c", "copy", "-f", format, output));
        return command;
    }
}
