package io.lunarstream.bench;

import io.lunarstream.bench.host.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// What publishers send: 30 pictures a second, a keyframe every 2 s, H.264 and AAC. FFmpeg makes a clip once; what is
/// sent later are its bytes.
public final class Clip {
    /// Whole groups of pictures and whole audio frames of 48 kHz: a multiple of 2 s and of 21.33 ms.
    static final int LOOP_MS = 8_000;

    /// In words, for reports.
    static final String DESCRIPTION = "1280x720, 30 pictures/s, a keyframe every 2 s, 2 Mbit/s of H.264 and AAC";

    /// In words, for reports: the clip whose bytes are few, for viewers who are many.
    static final String LIGHT_DESCRIPTION = "426x240, 30 pictures/s, a keyframe every 2 s, 250 kbit/s of H.264 and AAC";

    private static final String COMMAND = "ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=size=%1$s:rate=30"
            + " -f lavfi -i sine=frequency=440:sample_rate=48000 -t 9 -vf noise=alls=12:allf=t"
            + " -c:v libx264 -preset veryfast -pix_fmt yuv420p -g 60 -keyint_min 60 -sc_threshold 0"
            + " -b:v %2$s -maxrate %2$s -bufsize %2$s -c:a aac -b:a %3$s -f flv";

    private Clip() {}

    /// The usual one's file, made if it is not there.
    public static Path in(Path folder) throws InterruptedException {
        return made(folder.resolve("clip-2mbit.flv"), COMMAND.formatted("1280x720", "1900k", "96k"));
    }

    /// The light one's file, made if it is not there.
    static Path light(Path folder) throws InterruptedException {
        return made(folder.resolve("clip-250kbit.flv"), COMMAND.formatted("426x240", "200k", "48k"));
    }

    private static Path made(Path clip, String command) throws InterruptedException {
        if (Files.exists(clip)) {
            return clip;
        }
        Path part = clip.resolveSibling("clip.part.flv");
        List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
        words.add(part.toString());
        try {
            Process ffmpeg = new ProcessBuilder(words).inheritIO().start();
            if (ffmpeg.waitFor() != 0) {
                throw new BenchException("ffmpeg could not make the clip");
            }
            return Files.move(part, clip, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new BenchException("no clip: is ffmpeg there?", e);
        }
    }
}
