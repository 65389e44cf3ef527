package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.livestream.Transition.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TransitionTest {

    /// A row of the table of changes: three words in back quotes.
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` \\| `([A-Z_]+)` \\| `([A-Z_]+)` \\|");

    /// A row of the table of end reasons.
    private static final Pattern END_REASON = Pattern.compile("\\| `([a-z_]+)` \\| .* \\| .* \\|");

    @Test
    void everyEndReasonIsDocumented() throws IOException {
        assertThat(documented(END_REASON).map(row -> row.group(1)))
                .containsExactlyElementsOf(Arrays.stream(EndReason.values())
                        .map(EndReason::apiName)
                        .toList());
    }

    private static Stream<Matcher> documented(Pattern row) throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "status.md")).stream()
                .map(row::matcher)
                .filter(Matcher::matches);
    }

    @Test
    void theTableOfTheDocumentsIsThatOfTheProgram() throws IOException {
        List<String> documented = documented(ROW)
                .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
                .toList();
        List<String> ours = Arrays.stream(Transition.values())
                .map(row -> row.from() + " " + row.event() + " " + row.to())
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(ours);
    }

    @Test
    void theTableIsTheOneOfThePartnerApiAndNothingElseChangesAStatus() {
        List<String> changes = Arrays.stream(Transition.values())
                .map(row -> row.from() + " " + row.event() + " " + row.to())
                .toList();
        assertThat(changes)
                .containsExactlyInAnyOrder(
                        "READY_FOR_USE PLAYABLE STARTED",
                        "READY_FOR_USE DEADLINE_BEFORE_BROADCAST TOKEN_EXPIRED",
                        "READY_FOR_USE ENDED_BY_API ENDED",
                        "STARTED BROADCAST_OVER ENDED",
                        "STARTED ENDED_BY_API ENDED",
                        "STARTED DEADLINE_DURING_BROADCAST TOKEN_EXPIRED",
                        "ENDED PLAYABLE STARTED",
                        "ENDED MEDIA_SERVER_BACK STARTED",
                        "READY_FOR_USE MEDIA_SERVER_BACK STARTED",
                        "ENDED ENDED_BY_API ENDED",
                        "ENDED NEW_TOKEN READY_FOR_USE",
                        "TOKEN_EXPIRED NEW_TOKEN READY_FOR_USE");
    }

    @Test
    void everySourceOfAnEventLeadsToTheSameStatus() {
        for (Event event : Event.values()) {
            assertThat(Transition.of(event).stream().map(Transition::to).distinct())
                    .hasSize(1);
        }
    }

    /// Whoever goes along the rows one by one must not meet again what it has just changed.
    @Test
    void noRowOfAnEventLeadsToWhereALaterOneBegins() {
        for (Event event : Event.values()) {
            List<Transition> rows = Transition.of(event);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.subList(i + 1, rows.size()))
                        .extracting(Transition::from)
                        .doesNotContain(rows.get(i).to());
            }
        }
    }
}
