package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The alerts and the dashboard in `deploy` ask for metrics that there are.
class MonitoringIT {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Pattern METRIC = Pattern.compile("\\blunar_[a-z_]+");

    @TempDir
    static Path folder = Path.of("");

    private static final Set<String> COUNTED = new TreeSet<>();

    /// A server that has everything that can be counted, and a media node.
    @BeforeAll
    static void scrape() {
        TestCertificate.of("monitored").write(folder);
        Map<String, String> everything = new HashMap<>(TestCertificate.settings(folder));
        everything.put("LUNAR_CDNS", "far=http://127.0.0.1:9");
        everything.put("LUNAR_VALKEY_URL", "redis://127.0.0.1:9");
        try (TestServer server = TestServer.start(folder.resolve("all"), new MutableClock(), everything)) {
            assertThat(server.get("/health").status()).isEqualTo(200);
            collect(server.management("/metrics"));
        }
        Path data = folder.resolve("media");
        Map<String, String> media =
                Map.of("LUNAR_API_URLS", "http://127.0.0.1:9", "LUNAR_MEDIA_SERVER_SECRET", "ls_ms_v1_x");
        try (TestMediaNode node = TestMediaNode.start(data, new MutableClock(), media)) {
            collect(node.get(
                    TestClient.credentialsIn(data).required("managementUrl").asText() + "/metrics"));
        }
    }

    private static void collect(Answer metrics) {
        metrics.response()
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("[{ ].*", ""))
                .forEach(COUNTED::add);
    }

    @Test
    void everyMetricOfTheAlertsIsCounted() throws IOException {
        assertThat(COUNTED).containsAll(metricsIn("prometheus/rules.yml"));
    }

    @Test
    void everyMetricOfTheAlertsTestsIsCounted() throws IOException {
        assertThat(COUNTED).containsAll(metricsIn("prometheus/rules_test.yml"));
    }

    @Test
    void everyMetricOfTheDashboardIsCounted() throws IOException {
        assertThat(COUNTED).containsAll(metricsIn("grafana/lunar-stream.json"));
    }

    /// What is counted and shown nowhere is not seen by anybody.
    @Test
    void theDashboardShowsAllThatIsCounted() throws IOException {
        assertThat(metricsIn("grafana/lunar-stream.json"))
                .containsAll(COUNTED.stream()
                        .filter(name -> name.startsWith("lunar_"))
                        .toList());
    }

    private static Set<String> metricsIn(String file) throws IOException {
        Set<String> metrics = METRIC.matcher(Files.readString(DEPLOY.resolve(file)))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        assertThat(metrics).as("metrics in %s", file).isNotEmpty();
        return metrics;
    }
}
