package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a broadcaster reads on the encoder's screen when the push token is not good.
class PushTokenIT {
    private static final Duration SOON = Duration.ofSeconds(15);

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
    void aPushWithoutATokenIsRefusedInWords() {
        Livestream livestream = server.api().create("no token");
        assertRefused(livestream.pushAddressWithoutToken(), "INVALID_PUSH_TOKEN: Invalid push token");
        assertThat(server.api().get(livestream.id()).status()).isEqualTo("READY_FOR_USE");
    }

    @Test
    void aPushWithAForgedTokenIsRefusedInWords() {
        Livestream livestream = server.api().create("forged token");
        String token = livestream.pushToken();
        String forged = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(342);
        assertRefused(livestream.pushAddressWith(forged), "INVALID_PUSH_TOKEN: Invalid push token");
        assertRefused(livestream.pushAddressWith("not-a-token"), "INVALID_PUSH_TOKEN: Invalid push token");
    }

    @Test
    void theTokenOfAnotherLivestreamIsRefusedInWords() {
        Livestream mine = server.api().create("mine");
        Livestream other = server.api().create("another one");
        assertRefused(mine.pushAddressWith(other.pushToken()), "TOKEN_MISMATCH: Push token does not match stream");
    }

    @Test
    void theTokenOfADeletedLivestreamIsRefusedInWords() {
        Livestream livestream = server.api().create("deleted");
        server.api().delete(livestream.id());
        assertRefused(livestream.pushAddress(), "INVALID_PUSH_TOKEN: Invalid push token");
    }

    @Test
    void theEndByTheApiCutsTheEncoderAndKeepsItOut() {
        Livestream livestream = server.api().create("ended");
        try (FfmpegPublisher publisher =
                FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.SMALL)) {
            publisher.awaitSending(SOON);
            server.api().awaitStatus(livestream.id(), "STARTED", SOON);
            Livestream ended = server.api().end(livestream.id());
            assertThat(ended.status()).isEqualTo("ENDED");
            assertThat(ended.endReason()).isEqualTo("api_ended");
            publisher.awaitEnd(SOON);
        }
        assertRefused(livestream.pushAddress(), "INVALID_PUSH_TOKEN: Invalid push token");
        assertThat(server.api().get(livestream.id()).status()).isEqualTo("ENDED");
    }

    @Test
    void aSecondTokenIsAsGoodAsTheFirst() {
        Livestream livestream = server.api().create("two tokens");
        String second = server.api().generatePushToken(livestream.id());
        String address = livestream.pushAddressWith(second);
        try (FfmpegPublisher publisher = FfmpegPublisher.push(address, FfmpegPublisher.Encoding.SMALL)) {
            publisher.awaitSending(SOON);
            server.api().awaitStatus(livestream.id(), "STARTED", SOON);
        }
    }

    @Test
    void theServerNeverWritesATokenIntoItsLog() {
        Livestream livestream = server.api().create("secret");
        String token = livestream.pushToken();
        assertRefused(livestream.pushAddressWith(token + "x"), "INVALID_PUSH_TOKEN");
        assertThat(server.output()).doesNotContain(token);
    }

    private static void assertRefused(String address, String words) {
        try (FfmpegPublisher publisher = FfmpegPublisher.push(address, FfmpegPublisher.Encoding.SMALL)) {
            assertThat(publisher.awaitEnd(SOON)).contains(words);
        }
    }
}
