package io.lunarstream.bench.soak;

import static io.lunarstream.bench.playlist.Rule.require;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Has FFmpeg read one segment in many: a stranger has to find pictures and sound in it.
final class FfprobeSample {
    /// One process in some seconds: more would load the machine more than the server does.
    private static final int ONE_IN = 50;

    private static final int NONE = Integer.MAX_VALUE;

    private final AtomicLong seen = new AtomicLong();
    private final Path folder;
    private final Findings findings;
    private final int oneIn;

    /// @param folder where segments may lie while they are looked at
    FfprobeSample(Path folder, Findings findings) {
        this(folder, findings, ONE_IN);
    }

    private FfprobeSample(Path folder, Findings findings, int oneIn) {
        this.folder = folder;
        this.findings = findings;
        this.oneIn = oneIn;
    }

    /// One that lets everything pass.
    static FfprobeSample ofNothing(Path folder, Findings findings) {
        return new FfprobeSample(folder, findings, NONE);
    }

    /// A segment, of which one in many is looked at.
    ///
    /// @param init its init segment; empty if the form has none
    void look(byte[] init, byte[] segment) throws IOException, InterruptedException {
        if (seen.incrementAndGet() % oneIn != 0) {
            return;
        }
        Path file = Files.createTempFile(folder, "segment-", ".media");
        try {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(init);
            whole.writeBytes(segment);
            Files.write(file, whole.toByteArray());
            String streams = ffprobe(file);
            require(
                    streams.contains("h264") && streams.contains("aac"),
                    "ffprobe finds no H.264 and AAC in a segment: " + streams);
            findings.count("segment that ffprobe has read");
        } finally {
            Files.delete(file);
        }
    }

    private static String ffprobe(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        "ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv", file.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        require(process.waitFor() == 0, "ffprobe cannot read a segment: " + output);
        return output;
    }
}
