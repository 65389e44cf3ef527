package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What survives `kill -9`.
class RestartIT {
    private static final int LIVESTREAMS = 20;
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    private Path dataDir;

    @Test
    void everyLivestreamThatWasAnswered201IsThereAfterAKill() {
        List<Livestream> created = new ArrayList<>();
        Credentials before;
        try (LunarServer server = LunarServer.start(dataDir)) {
            before = server.credentials();
            for (int i = 0; i < LIVESTREAMS; i++) {
                created.add(server.api().create("kept " + i));
            }
            server.kill();
        }
        try (LunarServer server = LunarServer.start(dataDir)) {
            assertThat(server.credentials().apiKey()).isEqualTo(before.apiKey());
            assertThat(server.credentials().projectId()).isEqualTo(before.projectId());
            for (Livestream livestream : created) {
                assertThat(server.api().get(livestream.id()).streamKey()).isEqualTo(livestream.streamKey());
            }
        }
    }

    @Test
    void aTokenFromBeforeTheKillStillLetsTheEncoderIn() {
        Livestream livestream;
        try (LunarServer server = LunarServer.start(dataDir)) {
            livestream = server.api().create("encoder comes later");
            server.kill();
        }
        try (LunarServer server = LunarServer.start(dataDir)) {
            String address = server.api().get(livestream.id()).pushAddressWith(livestream.pushToken());
            try (FfmpegPublisher _ = FfmpegPublisher.push(address, FfmpegPublisher.Encoding.SMALL)) {
                server.api().awaitStatus(livestream.id(), "STARTED", SOON);
            }
        }
    }

    @Test
    void aTermSignalEndsTheServerWithinItsTime() {
        try (LunarServer server = LunarServer.start(dataDir)) {
            server.stop();
            assertThat(server.output()).doesNotContain("Exception");
        }
    }
}
