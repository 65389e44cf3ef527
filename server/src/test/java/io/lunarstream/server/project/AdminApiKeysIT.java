package io.lunarstream.server.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A project's API keys, as operators make, list and revoke them. Partner API, sections 1 and 9.
class AdminApiKeysIT {
    private final MutableClock clock = new MutableClock();
    private final TestServer server;
    private final String keys;

    AdminApiKeysIT(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
        keys = keysOf(server.projectId());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aNewKeyIsShownOnceAndWorks() {
        clock.advance(Duration.ofMillis(1));
        Answer made = server.adminPost(keys, "{\"name\":\" backend \"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.data().properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("id", "name", "prefix", "createdAt", "lastUsedAt", "revokedAt", "apiKey");
        String key = made.data().required("apiKey").asText();
        assertThat(key).matches("ls_proj_v1_[A-Za-z0-9_-]{43}");
        assertThat(key).startsWith(made.data().required("prefix").asText());
        assertThat(made.data().required("name").asText()).isEqualTo("backend");
        assertThat(made.data().required("lastUsedAt").isNull()).isTrue();
        assertThat(made.data().required("revokedAt").isNull()).isTrue();
        assertThat(statusWith(key)).isEqualTo(200);

        Answer list = server.adminGet(keys);
        assertThat(list.response().body()).doesNotContain("apiKey", key.substring(15));
        assertThat(list.data().get(0).required("id")).isEqualTo(made.data().required("id"));
        assertThat(list.data().get(1).required("name").asText()).isEqualTo("first");
        assertThat(list.json().at("/meta/pagination/total").asInt()).isEqualTo(2);
    }

    @Test
    void rotationNeedsNoDowntime() {
        String old = server.apiKey();
        String fresh = make(server.projectId()).required("apiKey").asText();
        assertThat(statusWith(old)).isEqualTo(200);
        assertThat(statusWith(fresh)).isEqualTo(200);
        String oldId = server.adminGet(keys + "?page=2&limit=1")
                .data()
                .get(0)
                .required("id")
                .asText();
        Answer revoked = server.adminDelete(keys + "/" + oldId);
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.data().required("id").asText()).isEqualTo(oldId);
        assertThat(revoked.data().required("revokedAt").asText())
                .isEqualTo(clock.instant().toString());
        assertThat(revoked.data().has("apiKey")).isFalse();
        assertThat(statusWith(old)).isEqualTo(401);
        assertThat(statusWith(fresh)).isEqualTo(200);
    }

    @Test
    void aKeyIsRevokedOnceHoweverManyTry() {
        String path = keys + "/" + make(server.projectId()).required("id").asText();
        assertThat(IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(i -> server.adminDelete(path).status())
                        .toList())
                .containsOnlyOnce(200)
                .containsOnly(200, 409);
        assertError(server.adminDelete(path), 409, "API_KEY_ALREADY_REVOKED", "API key is already revoked");
    }

    @Test
    void aKeyOpensItsOwnProjectOnly() {
        String other = server.adminPost("/admin/projects", "{\"name\":\"other\"}")
                .data()
                .required("id")
                .asText();
        String key = make(other).required("apiKey").asText();
        server.create("of the first project");
        JsonNode seen = server.send(server.request("/livestream").header("ls-api-key", key))
                .json();
        assertThat(seen.at("/meta/pagination/total").asInt()).isZero();
    }

    @Test
    void aKeyOfAnotherProjectIsNotFoundAndGoesOnWorking() {
        String other = server.adminPost("/admin/projects", "{\"name\":\"other\"}")
                .data()
                .required("id")
                .asText();
        JsonNode key = make(server.projectId());
        Answer answer =
                server.adminDelete(keysOf(other) + "/" + key.required("id").asText());
        assertError(answer, 404, "API_KEY_NOT_FOUND", "API key not found");
        assertThat(statusWith(key.required("apiKey").asText())).isEqualTo(200);
    }

    @Test
    void whatIsUnknownIsNotFound() {
        String unknown = keysOf(UUID.randomUUID().toString());
        for (Answer answer : new Answer[] {
            server.adminGet(unknown),
            server.adminPost(unknown, "{\"name\":\"\"}"),
            server.adminDelete(unknown + "/" + UUID.randomUUID()),
        }) {
            assertError(answer, 404, "PROJECT_NOT_FOUND", "Project not found");
        }
        Answer noKey = server.adminDelete(keys + "/" + UUID.randomUUID());
        assertError(noKey, 404, "API_KEY_NOT_FOUND", "API key not found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                      | 400 | name is required",
                "{\"name\":[]}           | 400 | name must be a string",
                "{\"name\":\"a\",\"apiKey\":\"x\"} | 400 | property apiKey should not exist",
                "{\"name\":\"\"}         | 422 | name should not be empty",
                "{\"name\":\"{256}\"}    | 422 | name must be shorter than or equal to 255 characters",
            })
    void aNameThatIsNoneIsRefused(String json, int status, String detail) {
        Answer answer = server.adminPost(keys, json.replace("{256}", "k".repeat(256)));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().at("/details/0/message").asText()).isEqualTo(detail);
        assertThat(server.adminGet(keys).data()).hasSize(1);
    }

    @Test
    void malformedIdsAreNamed() {
        Answer answer = server.adminDelete("/admin/projects/x/api-keys/y");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().required("details"))
                .extracting(row -> row.required("message").asText())
                .containsExactly("id must be a valid UUID", "keyId must be a valid UUID");
    }

    @Test
    void theLastUseIsListedToTheMinute() {
        String first = clock.instant().toString();
        server.get("/livestream");
        await().until(() -> lastUse().equals(first));
        clock.advance(Duration.ofSeconds(59));
        server.get("/livestream");
        clock.advance(Duration.ofSeconds(1));
        server.get("/livestream");
        await().until(() -> lastUse().equals(clock.instant().toString()));
    }

    private String lastUse() {
        return server.adminGet(keys).data().get(0).required("lastUsedAt").asText();
    }

    private JsonNode make(String project) {
        clock.advance(Duration.ofMillis(1));
        return server.adminPost(keysOf(project), "{\"name\":\"fresh\"}").data();
    }

    private int statusWith(String key) {
        return server.send(server.request("/livestream").header("ls-api-key", key))
                .status();
    }

    private static String keysOf(String project) {
        return "/admin/projects/" + project + "/api-keys";
    }

    private static void assertError(Answer answer, int status, String code, String message) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().required("code").asText()).isEqualTo(code);
        assertThat(answer.json().required("message").asText()).isEqualTo(message);
    }
}
