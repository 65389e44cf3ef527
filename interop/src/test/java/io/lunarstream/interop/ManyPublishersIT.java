package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.sender.LoadSender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// 200 encoders of 1 Mbit/s for ten minutes, each with a viewer of its own in each form: none is dropped, no playlist
/// breaks a rule, and memory does not grow. `./lunar test --all` runs it.
@Tag("heavy")
class ManyPublishersIT {
    private static final int PUBLISHERS = 200;
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final Duration RAMP = Duration.ofSeconds(40);
    private static final Duration SETTLED = Duration.ofMinutes(3);
    private static final Duration TIME_TO_END = Duration.ofMinutes(1);

    /// About once a segment: the viewers shall not cost more than the encoders.
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /// Whole pictures and whole audio frames of 48 kHz: multiples of 40 ms and of 21.33 ms.
    private static final int LOOP_MS = 9_600;

    @TempDir
    private Path folder;

    @Test
    void areServedForTenMinutesInTheSameMemory() {
        PlaylistWatch.slowly(folder.resolve("data"), BETWEEN_LOOKS);
        Path clip = clip();
        try (LunarServer server = LunarServer.start(folder.resolve("data"));
                ChildProcess sender = start(clip)) {
            for (int i = 0; i < PUBLISHERS; i++) {
                String address = server.api().create("publisher " + i).pushAddress();
                sender.type(address + "\n");
                Encoders.sending(sender, address);
            }
            sender.type("\n");
            await(sender, SETTLED);
            long settled = server.residentBytes();
            await(sender, LENGTH.minus(SETTLED).minus(RAMP));
            long atTheEnd = server.residentBytes();
            System.out.printf("RSS %d MB after 3 min, %d MB at the end%n", settled >> 20, atTheEnd >> 20);
            assertThat(sender.awaitExit(TIME_TO_END.plus(RAMP)))
                    .as(sender.output())
                    .isZero();
            assertThat(atTheEnd).isLessThanOrEqualTo(settled + settled / 20);
        }
    }

    private static void await(ChildProcess sender, Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plus(TIME_TO_END)).until(() -> {
            assertThat(sender.isRunning()).as(sender.output()).isTrue();
            return true;
        });
    }

    private static ChildProcess start(Path clip) {
        return ChildProcess.start(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                LoadSender.class.getName(),
                clip.toString(),
                Integer.toString(LOOP_MS),
                Long.toString(LENGTH.toSeconds()),
                Long.toString(RAMP.toSeconds())));
    }

    /// 25 pictures a second, a keyframe every 1.92 s, 1 Mbit/s with the audio.
    private Path clip() {
        Path clip = folder.resolve("clip.flv");
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error"));
        command.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25"));
        command.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-t", "12"));
        command.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"));
        command.addAll(List.of("-g", "48", "-keyint_min", "48", "-sc_threshold", "0"));
        command.addAll(List.of("-b:v", "900k", "-maxrate", "900k", "-bufsize", "900k"));
        command.addAll(List.of("-c:a", "aac", "-b:a", "96k", "-f", "flv", clip.toString()));
        try (ChildProcess ffmpeg = ChildProcess.start(command)) {
            assertThat(ffmpeg.awaitExit(TIME_TO_END)).as(ffmpeg.output()).isZero();
        }
        return clip;
    }
}
