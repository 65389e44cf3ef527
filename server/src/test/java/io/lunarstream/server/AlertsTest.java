package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each alert in `deploy/prometheus` says how bad it is, and the operator guide says what to do.
class AlertsTest {
    private static final Path RULES = Path.of("..", "deploy", "prometheus", "rules.yml");
    private static final Path GUIDE = Path.of("..", "docs", "operator-guide.md");

    private static List<JsonNode> alerts() throws IOException {
        return new YAMLMapper()
                .readTree(RULES.toFile())
                .required("groups")
                .valueStream()
                .flatMap(group -> group.required("rules").valueStream())
                .toList();
    }

    @Test
    void eachSaysHowBadItIsAndWhere() throws IOException {
        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
            assertThat(alert.at("/annotations/summary").asText()).contains("{{ $");
        });
    }

    @Test
    void eachIsExplainedAndNoOther() throws IOException {
        List<List<String>> rows = Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith("| Lunar"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|", 3))
                        .map(String::strip)
                        .toList())
                .toList();
        assertThat(rows.stream().map(List::getFirst))
                .containsExactlyElementsOf(alerts().stream()
                        .map(alert -> alert.required("alert").asText())
                        .toList());
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(3).noneMatch(String::isBlank));
    }
}
