package io.lunarstream.server.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.rtmp.session.PublishTarget;
import io.lunarstream.server.publisher.PublishCommand.PublishException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishCommandTest {
    private static final String ADDRESS = "rtmp://host/live/key?pushToken=secret";

    @Test
    void repeatsUnlessItIsToldOtherwise() throws PublishException {
        PublishTarget target = PublishTarget.parse(ADDRESS);
        assertThat(PublishCommand.parse(List.of("a.flv", ADDRESS)))
                .isEqualTo(new PublishCommand(Path.of("a.flv"), target, /* once= */ false, Optional.empty()));
        assertThat(PublishCommand.parse(List.of("a.flv", "--trust", "..", ADDRESS))
                        .trusted())
                .contains(Path.of(".."));
        assertThat(PublishCommand.parse(List.of("--once", "a.flv", ADDRESS)).once())
                .isTrue();
        assertThat(PublishCommand.parse(List.of("a.flv", ADDRESS, "--once")).once())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                           | usage: lunar publish",
                "a.flv                        | usage: lunar publish",
                "a.flv b.flv " + ADDRESS + "  | usage: lunar publish",
                "a.flv " + ADDRESS + " --twice | unknown option \"--twice\"; allowed: --once",
                "a.flv http://host/live/key?pushToken=secret | rtmp://host:1935/live/streamKey",
                "a.flv " + ADDRESS + " --trust | option --trust needs a PEM file after it",
                "a.flv " + ADDRESS + " --trust nowhere.pem | --trust: nowhere.pem cannot be read",
                "missing.flv " + ADDRESS + "  | missing.flv is not there",
                ".. " + ADDRESS + "           | .. cannot be read: "
            })
    void saysInOneLineWhatIsWrong(String words, String line) {
        assertThatThrownBy(() -> PublishCommand.parse(words.isEmpty() ? List.of() : List.of(words.split(" ", -1)))
                        .run())
                .isInstanceOf(PublishException.class)
                .hasMessageContaining(line)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("\n");
    }
}
