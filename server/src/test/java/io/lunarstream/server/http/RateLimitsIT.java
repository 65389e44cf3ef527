package io.lunarstream.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of rate limits, Partner API section 6, with smaller numbers but for the partner's.
class RateLimitsIT {
    private final MutableClock clock = new MutableClock();
    private final TestServer server;

    RateLimitsIT(@TempDir Path folder) {
        Map<String, String> environment = Map.of(
                "LUNAR_TRUSTED_PROXIES", "127.0.0.1",
                "LUNAR_RATE_LIMITS_PARTNER_REQUESTS", "100",
                "LUNAR_RATE_LIMITS_PUBLIC_REQUESTS", "3",
                "LUNAR_RATE_LIMITS_PUBLIC_WINDOW", "10s",
                "LUNAR_RATE_LIMITS_FAILED_AUTHENTICATIONS_REQUESTS", "2");
        server = TestServer.start(folder, clock, environment);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void ofTwoHundredThreadsOnOneKeyExactlyOneHundredPass() throws Exception {
        int passed = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(threads.submit(() -> server.get("/media-servers/available")));
            }
            for (Future<Answer> answer : answers) {
                passed += answer.get().status() == 200 ? 1 : 0;
            }
        }
        assertThat(passed).isEqualTo(100);
    }

    @Test
    void everyPartnerResponseSaysWhereTheWindowStandsErrorsIncluded() {
        List<Supplier<Answer>> requests = List.of(
                () -> server.get("/livestream"),
                () -> server.post("/livestream", "{"),
                () -> server.get("/livestream/x"),
                () -> server.get("/livestream?projectId=" + UUID.randomUUID()),
                () -> server.get("/livestream/" + UUID.randomUUID()),
                () -> server.post("/livestream", server.createBody("", "")));
        int remaining = 100;
        for (Supplier<Answer> request : requests) {
            remaining--;
            assertHeaders(request.get(), "\"partner\";q=100;w=60", "\"partner\";r=" + remaining + ";t=60");
        }
    }

    @Test
    void overTheLimitARequestIsToldWhenToComeBackAndIsNotLookedAt() {
        server.get("/livestream");
        clock.advance(Duration.ofMillis(17_500));
        for (int i = 1; i < 100; i++) {
            assertThat(server.get("/livestream").status()).isEqualTo(200);
        }
        Answer refused = server.post("/livestream", "{");
        assertRefused(refused, 43);
        assertHeaders(refused, "\"partner\";q=100;w=60", "\"partner\";r=0;t=43");
        clock.advance(Duration.ofMillis(42_499));
        assertRefused(server.get("/livestream"), 1);
        clock.advance(Duration.ofMillis(1));
        assertHeaders(server.get("/livestream"), "\"partner\";q=100;w=60", "\"partner\";r=99;t=60");
    }

    @Test
    void keysAreLimitedApart() {
        String otherKey = server.makeProject(UUID.randomUUID(), clock);
        server.get("/livestream");
        Answer theirs = server.send(server.request("/livestream").header("ls-api-key", otherKey));
        assertThat(theirs.header("RateLimit")).isEqualTo("\"partner\";r=99;t=60");
    }

    @Test
    void publicEndpointsAreLimitedByClientAddress() {
        List<String> paths = List.of("/livestreams/stream-info/x", "/livestreams/preview-playback/x");
        assertHeaders(from("1.1.1.1", paths.getFirst()), "\"public\";q=3;w=10", "\"public\";r=2;t=10");
        assertHeaders(from("1.1.1.1", paths.getLast()), "\"public\";q=3;w=10", "\"public\";r=1;t=10");
        from("1.1.1.1", paths.getFirst());
        for (String path : paths) {
            Answer refused = from("1.1.1.1", path);
            assertRefused(refused, 10);
            assertThat(refused.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(from("1.1.1.2", path).status()).isEqualTo(404);
        }
    }

    @Test
    void ipv6ClientsAreLimitedByTheirNetworkAndSeveralForwardingHeadersAreOne() {
        String path = "/livestreams/stream-info/x";
        for (String client : List.of("2001:db8::1", "2001:db8::2", "2001:db8::3")) {
            assertThat(from(client, path).status()).isEqualTo(404);
        }
        assertThat(from("2001:db8::4", path).status()).isEqualTo(429);
        assertThat(from("2001:db8:0:1::1", path).status()).isEqualTo(404);
        Answer madeUp = server.send(
                server.request(path).header("X-Forwarded-For", "9.9.9.9").header("X-Forwarded-For", "2001:db8::5"));
        assertThat(madeUp.status()).isEqualTo(429);
    }

    @Test
    void healthSigningKeysThePlayerAndUnknownPathsAreNotLimited() {
        String page = server.send(server.request("/livestreams/preview-playback/"
                        + server.create("a").required("streamKey").asText()))
                .response()
                .body();
        String script = page.replaceFirst("(?s).*\"/(player/[0-9a-f]+)/.*", "//$1/player.js");
        for (String path : List.of("/health", "//health/live", "//.well-known/jwks.json", script, "/x")) {
            for (int i = 0; i < 5; i++) {
                Answer answer = server.send(server.request(path));
                assertThat(answer.status()).as(path).isEqualTo(path.equals("/x") ? 404 : 200);
                assertThat(answer.header("RateLimit")).isEmpty();
                assertThat(answer.header("RateLimit-Policy")).isEmpty();
            }
        }
    }

    @Test
    void afterTooManyWrongKeysAnAddressIsRefusedButNeverAValidKey() {
        for (int i = 1; i <= 2; i++) {
            Answer wrong = withKey("1.1.1.1", "x");
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.header("RateLimit")).isEqualTo("\"failed-authentications\";r=" + (2 - i) + ";t=60");
        }
        assertRefused(withKey("1.1.1.1", "ls_proj_v1_" + "A".repeat(43)), 60);
        assertRefused(from("1.1.1.1", "/livestream"), 60);
        assertThat(withKey("1.1.1.1", server.apiKey()).status()).isEqualTo(200);
        assertThat(withKey("1.1.1.2", "x").status()).isEqualTo(401);
        clock.advance(Duration.ofSeconds(60));
        assertThat(withKey("1.1.1.1", "x").status()).isEqualTo(401);
    }

    private Answer withKey(String client, String key) {
        return server.send(forwarded(client, "/livestream").header("ls-api-key", key));
    }

    private Answer from(String client, String path) {
        return server.send(forwarded(client, path));
    }

    private HttpRequest.Builder forwarded(String client, String path) {
        return server.request(path).header("X-Forwarded-For", client);
    }

    private static void assertHeaders(Answer answer, String policy, String state) {
        assertThat(answer.header("RateLimit-Policy")).isEqualTo(policy);
        assertThat(answer.header("RateLimit")).isEqualTo(state);
    }

    private static void assertRefused(Answer answer, long retryAfter) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo(Long.toString(retryAfter));
        assertThat(answer.json().required("message").asText()).isEqualTo("Rate limit exceeded");
        assertThat(answer.json().required("error").asText()).isEqualTo("Too Many Requests");
        assertThat(answer.json().required("code").asText()).isEqualTo("RATE_LIMITED");
        assertThat(answer.json().required("retryAfter").asLong()).isEqualTo(retryAfter);
        assertThat(answer.json().required("requestId").asText()).isEqualTo(answer.header("X-Request-Id"));
    }
}
