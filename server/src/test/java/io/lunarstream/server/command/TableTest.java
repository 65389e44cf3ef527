package io.lunarstream.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tables and the text in them.
class TableTest {
    private static final Table TABLE =
            Table.of(Column.of("Id", "/id"), Column.minute("Made", "/at"), Column.of("Place", "/server/place"));

    private static final List<JsonNode> ROWS = List.of(
            Answer.parse("{\"id\":\"a\",\"at\":\"2026-01-12T23:59:59.999Z\",\"server\":{\"place\":\"Reykjavík\"}}"),
            Answer.parse("{\"id\":\"東京\",\"at\":null}"),
            Answer.parse("{\"id\":12,\"at\":\"soon\",\"server\":{\"place\":\"東京東京東京\"}}"));

    @Test
    void columnsStandUnderEachOtherWhateverTheirScriptAndWhatIsNotThereIsADash() {
        assertThat(TABLE.lines(ROWS, ZoneOffset.ofHours(1), OptionalInt.empty()))
                .containsExactly(
                        "ID    MADE              PLACE",
                        "a     2026-01-13 00:59  Reykjavík",
                        "東京  -                 -",
                        "12    soon              東京東京東京");
    }

    @Test
    void theLastColumnFitsTheScreen() {
        List<String> lines = TABLE.lines(ROWS, ZoneOffset.UTC, OptionalInt.of(32));
        assertThat(lines.get(1)).endsWith("  Reykjav…");
        assertThat(lines.get(3)).endsWith("  東京東…");
        assertThat(lines).allMatch(line -> Printable.columns(line) <= 32);
    }

    @Test
    void aScreenThatIsTooNarrowStillShowsSomething() {
        assertThat(TABLE.lines(ROWS, ZoneOffset.UTC, OptionalInt.of(1)).get(1)).endsWith("  Reykjav…");
    }

    @ParameterizedTest
    @CsvSource({
        "a\u0007b, a\uFFFDb",
        "a\u001B[31mb, a\uFFFD[31mb",
        "a\u0085b, a\uFFFDb",
        "a\u202Eb, a\uFFFDb",
        "a\u2028b, a\uFFFDb",
        "a\uD800b, a\uFFFDb",
        "naïve 🎬, naïve 🎬",
    })
    void textCannotSteerTheScreen(String text, String shown) {
        assertThat(Printable.line(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"abc, 3", "e\u0301a, 2", "🎬, 2", "한국, 4", "'', 0"})
    void widthIsThatOfTheScreen(String text, int columns) {
        assertThat(Printable.columns(text)).isEqualTo(columns);
    }

    @Test
    void anAddressStaysOneWordOfTheShell() {
        assertThat(TestPicture.command("rtmp://h/live/key?pushToken='; rm -rf ~\n'"))
                .endsWith(" -f flv 'rtmp://h/live/key?pushToken='\\''; rm -rf ~\uFFFD'\\'''");
    }
}
