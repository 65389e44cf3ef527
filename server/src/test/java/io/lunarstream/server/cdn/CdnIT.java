package io.lunarstream.server.cdn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.cdn.FakeCdn.Fault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `GET /admin/cdn`: what a server sees of the CDNs in front of it. Partner API, section 9.
@TestInstance(Lifecycle.PER_CLASS)
class CdnIT {
    /// Longer than the longest check.
    private static final Duration CHECKED = Duration.ofSeconds(25);

    private final List<FakeCdn> cdns = new ArrayList<>();
    private final MutableClock clock = new MutableClock();
    private TestServer server;

    /// One CDN with each fault, named after it.
    @BeforeAll
    void start(@TempDir Path folder) {
        for (Fault fault : Fault.values()) {
            cdns.add(new FakeCdn(fault.name(), fault));
        }
        String configured = cdns.stream().map(FakeCdn::word).collect(Collectors.joining(","));
        server = TestServer.start(folder, clock, Map.of("LUNAR_CDNS", configured));
        URI origin = server.request("//").build().uri();
        cdns.forEach(cdn -> cdn.leadTo(origin));
        await("a check of every CDN")
                .atMost(CHECKED)
                .until(() -> list().valueStream()
                        .noneMatch(cdn -> cdn.required("status").asText().equals("UNKNOWN")));
    }

    @AfterAll
    void stop() {
        server.close();
        cdns.forEach(FakeCdn::close);
    }

    private JsonNode list() {
        Answer answer = server.adminGet("/admin/cdn");
        assertThat(answer.status()).isEqualTo(200);
        return answer.data();
    }

    private JsonNode seen(Fault fault) {
        return list().valueStream()
                .filter(cdn -> cdn.required("name").asText().equals(fault.name()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void allAreListedInTheOrderOfTheConfiguration() {
        assertThat(list().valueStream()
                        .map(cdn -> cdn.required("name").asText() + "="
                                + cdn.required("url").asText()))
                .containsExactlyElementsOf(cdns.stream().map(FakeCdn::word).toList());
    }

    @Test
    void oneThatLeadsToTheOriginIsUp() {
        JsonNode good = seen(Fault.NONE);
        assertThat(good.required("status").asText()).isEqualTo("UP");
        assertThat(good.required("checkedAt").asText())
                .isEqualTo(clock.instant().toString());
        assertThat(good.required("lastSuccessAt")).isEqualTo(good.required("checkedAt"));
        assertThat(good.required("latencyMs").asLong()).isBetween(0L, 10_000L);
        assertThat(good.required("lastError").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NO_CONNECTION     | connection refused",
                "SILENT            | no answer within 10 s",
                "ENDLESS           | answered 200, but not what this server sends: does it lead here?",
                "ERROR             | answered 502",
                "REDIRECT          | answered 302: redirects are not followed",
                "ANOTHER_SITE      | answered 200, but not what this server sends: does it lead here?",
                "NO_QUERY          | does not hand the query on: _HLS_msn must reach the origin",
                "KEY_WITHOUT_QUERY | its cache key leaves out the query: _HLS_msn must be a part of it",
                "NO_CORS           | takes the header Access-Control-Allow-Origin away: players on other sites need it"
            })
    void oneThatDoesNotIsDownAndTheReasonIsToldInWords(Fault fault, String message) {
        JsonNode bad = seen(fault);
        assertThat(bad.required("status").asText()).isEqualTo("DOWN");
        assertThat(bad.at("/lastError/message").asText()).isEqualTo(message);
        assertThat(bad.at("/lastError/at")).isEqualTo(bad.required("checkedAt"));
        assertThat(bad.required("lastSuccessAt").isNull()).isTrue();
        assertThat(bad.required("latencyMs").isNull()).isTrue();
    }

    @Test
    void metricsTellTheSame() {
        String metrics = server.management("/metrics").response().body();
        assertThat(metrics)
                .contains("lunar_cdn_up{cdn=\"NONE\"} 1.0")
                .contains("lunar_cdn_up{cdn=\"ERROR\"} 0.0")
                .contains("lunar_cdn_failures_total{cdn=\"NONE\"} 0.0")
                .containsPattern("lunar_cdn_failures_total\\{cdn=\"ERROR\"} [1-9]")
                .containsPattern("lunar_cdn_check_seconds\\{cdn=\"NONE\"} [0-9]")
                .contains("lunar_cdn_last_success_seconds{cdn=\"ERROR\"} 0.0");
    }
}
