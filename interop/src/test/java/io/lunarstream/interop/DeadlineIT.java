package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shortest push token there is, in real time: two encoders come in on one each, and one is renewed.
class DeadlineIT {
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(15);

    /// A publisher is cut within this time.
    private static final Duration CUT = Duration.ofSeconds(5);

    @TempDir
    private static Path dataDir;

    private static LunarServer server;

    @BeforeAll
    static void startServer() {
        server = LunarServer.start(dataDir);
    }

    @AfterAll
    static void closeServer() {
        server.close();
    }

    @Test
    void anEncoderIsCutAtItsDeadlineAndOneThatWasRenewedNoticesNothing() {
        Livestream left = server.api().create("left alone", TOKEN_LIFE);
        Livestream renewed = server.api().create("renewed", TOKEN_LIFE);
        try (FfmpegPublisher publisher = push(left);
                FfmpegPublisher goesOn = push(renewed)) {
            server.api().awaitStatus(left.id(), "STARTED", SOON);
            server.api().awaitStatus(renewed.id(), "STARTED", SOON);
            server.api().generatePushToken(renewed.id());

            publisher.awaitEnd(TOKEN_LIFE.plus(SOON));
            assertThat(Instant.now()).isBetween(left.deadline(), left.deadline().plus(CUT));
            Livestream expired = server.api().awaitStatus(left.id(), "TOKEN_EXPIRED", CUT);
            assertThat(expired.endReason()).isEqualTo("token_expired");
            assertThat(expired.endedAt())
                    .isBetween(left.deadline(), left.deadline().plus(CUT));
            assertIsLetInNoMore(left);

            assertThat(Instant.now()).isAfter(renewed.deadline());
            assertThat(server.api().get(renewed.id()).status()).isEqualTo("STARTED");
            assertThat(goesOn.isRunning()).as(goesOn.output()).isTrue();
        }
    }

    private static FfmpegPublisher push(Livestream livestream) {
        return FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.SMALL)
                .awaitSending(SOON);
    }

    private static void assertIsLetInNoMore(Livestream livestream) {
        try (FfmpegPublisher again = FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.SMALL)) {
            assertThat(again.awaitEnd(SOON)).contains("EXPIRED_PUSH_TOKEN: Push token has expired");
        }
    }
}
