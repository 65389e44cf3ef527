package io.lunarstream.server.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.rtmp.session.ClientEvent.PublishRefused;
import io.lunarstream.rtmp.session.PublishTarget;
import org.junit.jupiter.api.Test;

class ServerWordsTest {
    private static final PublishTarget TARGET =
            PublishTarget.parse("rtmp://host/live/key?pushToken=eyJhbGciOi.payload.signature&pass=very-secret&x=1");

    @Test
    void leavesAnOrdinarySentenceAsItIs() {
        assertThat(text("INVALID_PUSH_TOKEN: Invalid pushToken, 1 try left"))
                .isEqualTo("the server refused: NetStream.Publish.Denied"
                        + " (INVALID_PUSH_TOKEN: Invalid pushToken, 1 try left)");
    }

    @Test
    void hidesSecretsThatTheServerRepeats() {
        assertThat(text("no stream key?pushToken=eyJhbGciOi.payload.signature&pass=very-secret"))
                .contains("no stream key?pushToken=")
                .doesNotContain("eyJhbGciOi", "payload", "very-secret");
    }

    @Test
    void makesOneShortLineOfWhateverComes() {
        assertThat(text("a\r\n\u001b[2J" + "b".repeat(60_000)))
                .hasSizeLessThan(400)
                .doesNotContain("\n", "\r", "\u001b")
                .contains("a   [2Jbb");
    }

    private static String text(String description) {
        return ServerWords.refusal(new PublishRefused("NetStream.Publish.Denied", description), TARGET)
                .text();
    }
}
