package io.lunarstream.bench;

import io.lunarstream.bench.host.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// What all publishers send: 720p with 30 pictures a second, a keyframe every 2 s, 2 Mbit/s of H.264 and AAC. FFmpeg
/// makes it once; what is sent later are its bytes.
public final class Clip {
    /// Whole groups of pictures and whole audio frames of 48 kHz: a multiple of 2 s and of 21.33 ms.
    static final int LOOP_MS = 8_000;

    /// In words, for reports.
    static final String DESCRIPTION = "1280x720, 30 pictures/s, a keyframe every 2 s, 2 Mbit/s of H.264 and AAC";

    private static final String COMMAND = "ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=size=1280x720:rate=30"
            + " -f lavfi -i sine=frequency=440:sample_rate=48000 -t 9 -vf noise=alls=12:allf=t"
            + " -c:v libx264 -preset veryfast -pix_fmt yuv420p -g 60 -keyint_min 60 -sc_threshold 0"
            + " -b:v 1900k -maxrate 1900k -bufsize 1900k -c:a aac -b:a 96k -f flv";

    private Clip() {}

    /// The file, made if it is not there.
    public static Path in(Path folder) throws InterruptedException {
        Path clip = folder.resolve("clip-2mbit.flv");
        if (Files.exists(clip)) {
            return clip;
        }
        Path made = folder.resolve("clip.part.flv");
        List<String> command = new ArrayList<>(List.of(COMMAND.split(" ", -1)));
        command.add(made.toString());
        try {
            Process ffmpeg = new ProcessBuilder(command).inheritIO().start();
            if (ffmpeg.waitFor() != 0) {
                throw new BenchException("ffmpeg could not make the clip");
            }
            return Files.move(made, clip, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new BenchException("no clip: is ffmpeg there?", e);
        }
    }
}
