package io.lunarstream.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may use the endpoints of operators. Partner API, section 9.
class AdminAccessIT {
    private static final String ID = "6018c131-e8a6-4c44-bcdb-8dbd2e72fc05";

    private final MutableClock clock = new MutableClock();
    private final TestServer server;

    AdminAccessIT(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of("LUNAR_RATE_LIMITS_FAILED_AUTHENTICATIONS_REQUESTS", "10"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyEndpointWantsAnAccessTokenBeforeAnythingElse() {
        List<Route> routes = server.routes().stream()
                .filter(route -> route.access() == Access.ADMIN)
                .toList();
        assertThat(routes).isNotEmpty();
        for (Route route : routes) {
            String path = "/" + route.template().replaceAll("\\{[a-zA-Z]+}", ID);
            assertWantsAnAccessToken(route.method(), path);
        }
    }

    private void assertWantsAnAccessToken(String method, String path) {
        String expired = server.accessToken();
        clock.advance(Duration.ofMinutes(15));
        assertRefused(bearer(method, path, expired));
        assertRefused(server.send(server.request(path).method(method, BodyPublishers.ofString("{"))));
        assertRefused(server.send(server.partner(path).method(method, BodyPublishers.noBody())));
        assertRefused(bearer(method, path, server.apiKey()));
        assertRefused(bearer(method, path, pushToken()));
        assertRefused(bearer(method, path, unsigned(server.accessToken())));
        assertRefused(bearer(method, path, server.accessToken() + "x"));
        assertRefused(bearer(method, path, ""));
        assertRefused(server.send(server.request(path)
                .header("authorization", "Basic " + server.accessToken())
                .method(method, BodyPublishers.noBody())));
        assertRefused(bearer(method, path, "a".repeat(2000)));
        assertThat(bearer(method, path, expired).status())
                .as("failures are counted")
                .isEqualTo(429);
        assertThat(server.adminGet("/admin/projects").status())
                .as("a good token is never refused by it")
                .isEqualTo(200);
    }

    @Test
    void anAccessTokenIsGoodUntilTheEndOfItsLife() {
        String token = server.accessToken();
        clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(bearer("GET", "/admin/projects", token).status()).isEqualTo(200);
        assertThat(server.send(server.request("/admin/projects").header("authorization", "bearer " + token))
                        .status())
                .as("the scheme is written in any case")
                .isEqualTo(200);
    }

    @Test
    void anAccessTokenOpensNoEndpointOfPartnersOrMediaServers() {
        String token = server.accessToken();
        for (HttpRequest.Builder request : List.of(
                server.admin("/livestream"),
                server.request("/livestream").header("ls-api-key", token),
                server.request("/media-servers/available").header("ls-api-key", token),
                server.admin("/push-auth").POST(BodyPublishers.ofString("{}")),
                server.request("/push-auth")
                        .header("ls-media-server-secret", token)
                        .POST(BodyPublishers.ofString("{}")))) {
            assertThat(server.send(request).status()).isEqualTo(401);
        }
    }

    @Test
    void operatorsAreNotLimitedAndHaveNoCors() {
        Answer answer = server.send(server.admin("/admin/projects").header("origin", "https://a.example"));
        assertThat(answer.response().headers().map().keySet())
                .doesNotContain("access-control-allow-origin", "ratelimit", "ratelimit-policy");
    }

    private Answer bearer(String method, String path, String token) {
        return server.send(server.request(path)
                .header("authorization", "Bearer " + token)
                .method(method, BodyPublishers.noBody()));
    }

    private String pushToken() {
        return server.create("a").required("pushToken").asText();
    }

    /// The same claims, with a header that says that they need no signature.
    private static String unsigned(String token) {
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        return header + "." + token.split("\\.", -1)[1] + ".";
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().required("code").asText()).isEqualTo("INVALID_ACCESS_TOKEN");
        assertThat(answer.json().required("message").asText()).isEqualTo("Invalid access token");
    }
}
