package io.lunarstream.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.cluster.Change.AnythingChanged;
import io.lunarstream.server.cluster.Change.LivestreamChanged;
import io.lunarstream.server.cluster.Change.SigningKeysChanged;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeFormatTest {

    @Test
    void whatIsWrittenIsRead() {
        for (Change change :
                List.of(new LivestreamChanged("0123456789abcdef"), new SigningKeysChanged(), new AnythingChanged())) {
            assertThat(ChangeFormat.read(ChangeFormat.write(change))).contains(change);
        }
    }

    @Test
    void membersOfLaterReleasesAreIgnored() {
        assertThat(ChangeFormat.read("{\"type\":\"livestream\",\"why\":[1],\"streamKey\":\"a\",\"version\":1}"))
                .contains(new LivestreamChanged("a"));
    }

    @Test
    void aHeartbeatTellsOthersNothing() {
        assertThat(ChangeFormat.read(ChangeFormat.heartbeat("a", 1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "1",
                "[]",
                "garbage",
                "{\"version\":1",
                "{\"type\":\"anything\"}",
                "{\"version\":2,\"type\":\"anything\"}",
                "{\"version\":1,\"type\":\"unknown\"}",
                "{\"version\":1,\"type\":[\"anything\"]}",
                "{\"version\":1,\"type\":\"livestream\"}",
                "{\"version\":1,\"type\":\"livestream\",\"streamKey\":5}",
            })
    void whatIsNotOursIsIgnored(String text) {
        assertThat(ChangeFormat.read(text)).isEmpty();
    }

    @Test
    void whatIsTooLongIsNotRead() {
        String padding = " ".repeat(1024);
        assertThat(ChangeFormat.read(ChangeFormat.write(new AnythingChanged()) + padding))
                .isEmpty();
    }
}
