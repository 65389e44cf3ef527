package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.live.IngestWarning;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.live.PublisherCut;
import io.lunarstream.server.livestream.LivestreamStatus;
import io.lunarstream.server.ratelimit.RateLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The partner guide's tables name every word that the program says to partners and encoders, and no other, each with
/// its cause and its cure.
class PartnerGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "partner-guide.md");

    /// Said by the ingest itself; it names the codec, so it stands in no enum.
    private static final String UNSUPPORTED_CODEC = "UNSUPPORTED_CODEC";

    @Test
    void everyErrorHasItsStatusCauseAndCure() throws IOException {
        List<List<String>> rows = tableUnder("status | code | cause | cure");
        assertThat(rows.stream().map(row -> row.get(0) + " " + row.get(1)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ErrorCode.values())
                        .map(code -> code.status() + " `" + code + "`")
                        .toList());
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(4).noneMatch(String::isBlank));
    }

    @Test
    void everythingThatAnEncoderIsToldHasItsCauseAndCure() throws IOException {
        List<List<String>> rows = tableUnder("code | cause | cure");
        Set<String> told = Stream.of(PublishRefusal.values(), PublisherCut.values())
                .flatMap(Arrays::stream)
                .map(code -> "`" + code + "`")
                .collect(Collectors.toSet());
        told.add("`" + UNSUPPORTED_CODEC + "`");
        assertThat(rows.stream().map(List::getFirst)).containsExactlyInAnyOrderElementsOf(told);
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(3).noneMatch(String::isBlank));
    }

    @Test
    void everyWarningOfAnEncoderHasItsMeaningAndCure() throws IOException {
        List<List<String>> rows = tableUnder("warning | means | cure");
        assertThat(rows.stream().map(List::getFirst))
                .containsExactlyElementsOf(Arrays.stream(IngestWarning.Code.values())
                        .map(code -> "`" + code + "`")
                        .toList());
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(3).noneMatch(String::isBlank));
    }

    @Test
    void everyStatusAndEveryReasonOfAnEndIsExplained() throws IOException {
        assertThat(tableUnder("status | meaning | show the user").stream().map(List::getFirst))
                .containsExactlyElementsOf(Arrays.stream(LivestreamStatus.values())
                        .map(status -> "`" + status + "`")
                        .toList());
        assertThat(tableUnder("`endReason` | the latest broadcast ended because | do").stream()
                        .map(List::getFirst))
                .containsExactlyElementsOf(Arrays.stream(EndReason.values())
                        .map(reason -> "`" + reason.apiName() + "`")
                        .toList());
    }

    @Test
    void theDefaultLimitsAreThoseOfTheProgram() throws IOException {
        assertThat(tableUnder("what | per | requests | window").stream().map(row -> row.get(2) + " in " + row.get(3)))
                .containsExactlyElementsOf(Stream.of(
                                RateLimit.PARTNER, RateLimit.PUBLIC, RateLimit.FAILED_AUTHENTICATIONS)
                        .map(RateLimit::defaultQuota)
                        .map(quota -> quota.requests() + " in " + quota.window().toSeconds() + " s")
                        .toList());
    }

    /// The cells of the rows below a table's head.
    private static List<List<String>> tableUnder(String head) throws IOException {
        List<String> lines = Files.readAllLines(GUIDE);
        int at = lines.indexOf("| " + head + " |");
        assertThat(at).as("a table with the head \"%s\"", head).isNotNegative();
        return lines.stream()
                .skip(at + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }
}
