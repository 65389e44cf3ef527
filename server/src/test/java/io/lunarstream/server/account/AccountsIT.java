package io.lunarstream.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.database.Database;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Logging in, staying logged in, logging out. Source: the Partner API, people.
class AccountsIT {
    private final MutableClock clock = new MutableClock();

    @TempDir
    Path folder = Path.of("");

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, clock, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLoginGivesAnAccessTokenOfFifteenMinutesThatOpensAdminEndpoints() {
        Answer login = login(server.adminEmail(), server.adminPassword());
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.data().properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("accessToken", "refreshToken", "expiresIn");
        assertThat(login.data().required("expiresIn").asInt()).isEqualTo(900);
        assertThat(login.header("access-control-allow-origin")).isEmpty();

        String accessToken = login.data().required("accessToken").asText();
        assertThat(projects("Bearer " + accessToken).status()).isEqualTo(200);
        assertThat(projects("bearer " + accessToken).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(899));
        assertThat(projects("Bearer " + accessToken).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertInvalid(projects("Bearer " + accessToken), "INVALID_ACCESS_TOKEN", "Invalid access token");
    }

    @Test
    void anAccessTokenSaysWhatItIsAndItsKeyIsNotPublic() {
        String[] parts = session().required("accessToken").asText().split("\\.", -1);
        JsonNode header = decoded(parts[0]);
        JsonNode claims = decoded(parts[1]);
        assertThat(header.required("alg").asText()).isEqualTo("HS256");
        assertThat(claims.required("type").asText()).isEqualTo("access_token");
        assertThat(server.send(server.request("//.well-known/jwks.json")).json().required("keys"))
                .allSatisfy(key -> assertThat(key.required("kty").asText()).isEqualTo("RSA"));
    }

    @Test
    void anEMailIsComparedWithoutRegardToCaseAndBlanks() {
        assertThat(login(" Admin@LocalHost ", server.adminPassword()).status()).isEqualTo(200);
    }

    @Test
    void aWrongPasswordAndAnUnknownEMailReadAlike() {
        Answer wrong = login(server.adminEmail(), "wrong");
        Answer unknown = login("nobody@localhost", server.adminPassword());
        assertInvalid(wrong, "INVALID_CREDENTIALS", "Invalid e-mail or password");
        assertInvalid(unknown, "INVALID_CREDENTIALS", "Invalid e-mail or password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"email\":\"a@b\"} | 400 | password is required",
                "{\"password\":\"x\"} | 400 | email is required",
                "{\"email\":1,\"password\":\"x\"} | 400 | Validation failed",
                "{\"email\":\"a@b\",\"password\":\"x\",\"more\":1} | 400 | Validation failed",
                "{\"email\":\" \",\"password\":\"x\"} | 422 | Validation failed",
                "{\"email\":\"a\\u0000@b\",\"password\":\"x\"} | 422 | Validation failed",
                "{\"email\":\"a@b\",\"password\":\"\\ud800\"} | 422 | Validation failed",
                "[] | 400 | body must be an object",
                "{ | 400 | Request body is not valid JSON"
            })
    void aFaultyLoginIsToldWhy(String row) {
        List<String> columns = List.of(row.split(" \\| "));
        Answer answer = post("/auth/login", columns.get(0));
        assertThat(answer.status()).isEqualTo(Integer.parseInt(columns.get(1)));
        assertThat(answer.json().required("message").asText()).isEqualTo(columns.get(2));
    }

    @Test
    void aRefreshTokenBuysOneSession() {
        JsonNode first = session();
        Answer second = refresh(first);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.data().required("refreshToken")).isNotEqualTo(first.required("refreshToken"));
        assertThat(projects("Bearer " + second.data().required("accessToken").asText())
                        .status())
                .isEqualTo(200);
        assertThat(refresh(second.data()).status()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenShownTwiceRevokesAllOfItsLoginAndNoOther() {
        JsonNode stolen = session();
        JsonNode other = session();
        JsonNode second = refresh(stolen).data();

        assertInvalid(refresh(stolen), "INVALID_REFRESH_TOKEN", "Invalid refresh token");
        assertInvalid(refresh(second), "INVALID_REFRESH_TOKEN", "Invalid refresh token");
        assertThat(refresh(other).status()).isEqualTo(200);
        assertThat(projects("Bearer " + second.required("accessToken").asText()).status())
                .as("access tokens live on until they expire")
                .isEqualTo(200);
    }

    @Test
    void aRefreshTokenIsGoodForThirtyDays() {
        JsonNode session = session();
        clock.advance(Duration.ofDays(30).minusSeconds(1));
        JsonNode next = refresh(session).data();
        clock.advance(Duration.ofDays(30));
        assertInvalid(refresh(next), "INVALID_REFRESH_TOKEN", "Invalid refresh token");
    }

    @Test
    void aLogoutEndsAllThatCameFromTheLogin() {
        JsonNode session = session();
        JsonNode next = refresh(session).data();
        String body = "{\"refreshToken\":\"%s\"}"
                .formatted(next.required("refreshToken").asText());
        assertThat(post("/auth/logout", body).status()).isEqualTo(200);
        assertInvalid(refresh(next), "INVALID_REFRESH_TOKEN", "Invalid refresh token");
        assertThat(post("/auth/logout", body).status())
                .as("a second time changes nothing")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ls_refresh_v1_", "ls_refresh_v1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void anUnknownRefreshTokenIsRefused(String token) {
        String body = "{\"refreshToken\":\"" + token + "\"}";
        assertInvalid(post("/auth/refresh", body), "INVALID_REFRESH_TOKEN", "Invalid refresh token");
        assertInvalid(post("/auth/logout", body), "INVALID_REFRESH_TOKEN", "Invalid refresh token");
    }

    @Test
    void sessionsOutliveARestart() {
        JsonNode session = session();
        server.close();
        server = TestServer.start(folder, clock, Map.of());
        assertThat(projects("Bearer " + session.required("accessToken").asText())
                        .status())
                .isEqualTo(200);
        assertThat(refresh(session).status()).isEqualTo(200);
    }

    @Test
    void noSecretIsStored() {
        JsonNode session = session();
        try (Database database = server.database()) {
            List<String> stored = database.read(handle -> handle.createQuery(
                            "select password_hash from account union all select sha256 from refresh_token")
                    .mapTo(String.class)
                    .list());
            assertThat(stored.toString())
                    .contains("$argon2id$v=19$m=19456,t=2,p=1$")
                    .doesNotContain(
                            server.adminPassword(),
                            session.required("refreshToken").asText());
        }
    }

    @Test
    void loginsAreLimitedByAddressAndByEMailBeforeAPasswordIsHashed() {
        server.close();
        server = TestServer.start(
                folder, clock, Map.of("LUNAR_RATE_LIMITS_LOGINS_REQUESTS", "3", "LUNAR_TRUSTED_PROXIES", "127.0.0.1"));
        for (int i = 0; i < 3; i++) {
            Answer answer = loginFrom("198.51.100.1", "a@b");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("ratelimit-policy")).isEqualTo("\"logins\";q=3;w=60");
        }
        assertThat(loginFrom("198.51.100.1", "c@d").status()).as("by address").isEqualTo(429);
        Answer byEmail = loginFrom("198.51.100.2", "A@B");
        assertThat(byEmail.status()).as("by e-mail").isEqualTo(429);
        assertThat(byEmail.header("retry-after")).isEqualTo("60");
        assertThat(loginFrom("198.51.100.2", "e@f").status()).isEqualTo(401);
        clock.advance(Duration.ofSeconds(60));
        assertThat(loginFrom("198.51.100.1", "a@b").status()).isEqualTo(401);
    }

    @Test
    void refusedRefreshTokensCountAsFailedAuthentications() {
        server.close();
        server = TestServer.start(folder, clock, Map.of("LUNAR_RATE_LIMITS_FAILED_AUTHENTICATIONS_REQUESTS", "2"));
        JsonNode session = session();
        for (int i = 0; i < 2; i++) {
            assertThat(post("/auth/refresh", "{\"refreshToken\":\"x\"}").status())
                    .isEqualTo(401);
        }
        assertThat(post("/auth/refresh", "{\"refreshToken\":\"x\"}").status()).isEqualTo(429);
        assertThat(refresh(session).status()).as("good ones are not refused").isEqualTo(200);
    }

    private Answer login(String email, String password) {
        return post("/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    }

    private Answer loginFrom(String address, String email) {
        return server.send(server.request("/auth/login")
                .header("content-type", "application/json")
                .header("x-forwarded-for", address)
                .POST(BodyPublishers.ofString("{\"email\":\"%s\",\"password\":\"wrong\"}".formatted(email))));
    }

    private JsonNode session() {
        return login(server.adminEmail(), server.adminPassword()).data();
    }

    private Answer refresh(JsonNode session) {
        return post(
                "/auth/refresh",
                "{\"refreshToken\":\"%s\"}"
                        .formatted(session.required("refreshToken").asText()));
    }

    private Answer post(String path, String json) {
        return server.send(
                server.request(path).header("content-type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private Answer projects(String authorization) {
        return server.send(server.request("/admin/projects").header("authorization", authorization));
    }

    private static void assertInvalid(Answer answer, String code, String message) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().required("code").asText()).isEqualTo(code);
        assertThat(answer.json().required("message").asText()).isEqualTo(message);
    }

    private static JsonNode decoded(String part) {
        return Answer.parse(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }
}
