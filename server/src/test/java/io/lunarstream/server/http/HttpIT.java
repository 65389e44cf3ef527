package io.lunarstream.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.Answer;
import io.lunarstream.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every response: headers, CORS, `HEAD`, health and metrics.
@TestInstance(Lifecycle.PER_CLASS)
class HttpIT {
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready", "//health", "//health/live", "//health/ready"})
    void healthNeedsNoKeyAndAnswersUnderTheBasePathAndAtTheRoot(String path) {
        Answer answer = server.send(server.request(path));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().required("status").asText()).isEqualTo("ok");
        assertThat(answer.json().required("version").asText()).isNotEmpty();
        assertThat(answer.json().required("checks").isObject()).isTrue();
    }

    @Test
    void publicEndpointsAreOpenToEveryPageErrorsIncluded() {
        for (String path : List.of("/health", "/livestreams/stream-info/x", "//.well-known/jwks.json")) {
            Answer answer = server.send(server.request(path));
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(answer.header("access-control-expose-headers"))
                    .isEqualTo("X-Request-Id, RateLimit, RateLimit-Policy, Retry-After");
        }
    }

    @Test
    void aPreflightOfAPublicEndpointIsAnswered() {
        Answer answer = server.send(server.request("/livestreams/stream-info/x")
                .header("Access-Control-Request-Method", "GET")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(answer.header("access-control-allow-methods")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(answer.header("access-control-allow-headers")).isEqualTo("*");
    }

    @Test
    void partnerEndpointsAreClosedToPages() {
        Answer answer = server.send(server.partner("/livestream").header("X-Origin", "https://x.example"));
        assertThat(answer.response().headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        Answer preflight = server.send(server.request("/livestream").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.status()).isEqualTo(405);
        assertThat(preflight.header("access-control-allow-origin")).isEmpty();
    }

    @Test
    void everyResponseCarriesItsIdAndTheSecurityHeaders() {
        for (Answer answer :
                List.of(server.get("/livestream"), server.get("/x"), server.send(server.request("/livestream")))) {
            assertThat(answer.header("X-Request-Id")).isNotEmpty();
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
        }
    }

    @Test
    void headIsGetWithoutTheBody() {
        Answer get = server.get("/media-servers/available");
        Answer head = server.send(server.partner("/media-servers/available").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.response().body()).isEmpty();
        assertThat(head.header("content-length")).isEqualTo(get.header("content-length"));
    }

    @Test
    void aBodyWhereNoneIsExpectedIsIgnored() {
        Answer answer = server.send(server.partner("/livestream").method("GET", BodyPublishers.ofString("{")));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void requestsAreCountedByRouteAndNeverByWhatStrangersWrite() {
        server.get("/livestream/6018c131-e8a6-4c44-bcdb-8dbd2e72fc05");
        server.send(server.request("/made-up-path").method("MADEUP", BodyPublishers.noBody()));
        Answer metrics = server.management("/metrics");
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.response().body())
                .contains("lunar_http_requests_seconds_count{method=\"GET\",route=\"/api/v1/livestream/{id}\","
                        + "status=\"404\"}")
                .contains("method=\"OTHER\",route=\"unknown\",status=\"404\"")
                .contains("lunar_publishers 0.0")
                .contains("lunar_waiting_requests 0.0")
                .contains("jvm_memory_used_bytes")
                .doesNotContain("made-up", "6018c131");
        assertThat(server.management("/health").json().required("status").asText())
                .isEqualTo("ok");
    }

    @Test
    void manyClientsAtOnceEachGetTheirLivestream() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> ids = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String name = "c" + i;
                ids.add(clients.submit(() -> server.create(name).required("id").asText()));
            }
            for (Future<String> id : ids) {
                assertThat(server.get("/livestream/" + id.get()).status()).isEqualTo(200);
            }
        }
    }
}
