package io.lunarstream.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.database.Database;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The audit log: who did what to which resource, when. Partner API, section 9.
class AuditIT {
    private static final String SERVER_BODY = """
            {"name":"srs","region":"r","kind":"srs","rtmpServer":"rtmp://a.example/live",
             "hlsBaseUrl":"http://a.example/hls","maxStreams":5}""";

    private final Path folder;
    private final MutableClock clock = new MutableClock();
    private TestServer server;

    AuditIT(@TempDir Path folder) {
        this.folder = folder;
        server = TestServer.start(folder, clock, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatAFirstStartMakesIsDoneByTheSystem() {
        List<JsonNode> entries = entries("");
        assertThat(entries)
                .extracting(entry -> entry.required("action").asText())
                .containsExactlyInAnyOrder(
                        "media_server.add", "project.create", "api_key.create", "account.create", "account.login");
        JsonNode made = entries("&action=media_server.add").getFirst();
        assertThat(made.required("actor").toString())
                .isEqualTo("{\"type\":\"system\",\"id\":null,\"name\":\"system\"}");
        assertThat(made.at("/resource/type").asText()).isEqualTo("media_server");
        assertThat(made.at("/resource/id").asText()).isEqualTo(server.mediaServerId());
        assertThat(made.required("projectId").isNull()).isTrue();
        assertThat(made.required("requestId").isNull()).isTrue();
        assertThat(made.required("address").isNull()).isTrue();
    }

    @Test
    void whatAnOperatorDoesIsToldWithItsRequest() {
        clock.advance(Duration.ofSeconds(1));
        Answer made = server.send(server.admin("/admin/projects")
                .header("content-type", "application/json")
                .header("X-Request-Id", "request-1")
                .POST(BodyPublishers.ofString("{\"name\":\"a\"}")));
        String project = made.data().required("id").asText();
        JsonNode entry = entries("&action=project.create").getFirst();
        assertThat(entry.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("id", "at", "actor", "action", "resource", "projectId", "requestId", "address");
        assertThat(entry.required("at").asText()).isEqualTo(clock.instant().toString());
        assertThat(entry.at("/actor/type").asText()).isEqualTo("account");
        assertThat(entry.at("/actor/name").asText()).isEqualTo(server.adminEmail());
        assertThat(entry.required("resource").toString())
                .isEqualTo("{\"type\":\"project\",\"id\":\"" + project + "\"}");
        assertThat(entry.required("projectId").asText()).isEqualTo(project);
        assertThat(entry.required("requestId").asText()).isEqualTo("request-1");
        assertThat(entry.required("address").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void everyChangeIsToldOnceNewestFirst() {
        server.accessToken();
        tick();
        String project = id(server.adminPost("/admin/projects", "{\"name\":\"a\"}"));
        tick();
        String keys = "/admin/projects/" + project + "/api-keys";
        String key = id(server.adminPost(keys, "{\"name\":\"k\"}"));
        tick();
        server.adminDelete(keys + "/" + key);
        tick();
        String mediaServer = "/admin/media-servers/" + id(server.adminPost("/admin/media-servers", SERVER_BODY));
        tick();
        server.adminPost(mediaServer + "/drain", "");
        server.adminPost(mediaServer + "/drain", "");
        tick();
        server.adminPost(mediaServer + "/resume", "");
        server.adminPost(mediaServer + "/resume", "");
        tick();
        server.adminDelete(mediaServer);
        tick();
        String livestream = server.create("a").required("id").asText();
        tick();
        server.patch("/livestream/" + livestream, "{\"name\":\"b\"}");
        tick();
        server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + livestream + "\"}");
        tick();
        server.delete("/livestream/" + livestream);
        assertThat(entries("").subList(0, 11))
                .extracting(entry -> entry.required("action").asText())
                .containsExactly(
                        "livestream.delete",
                        "livestream.generate_push_token",
                        "livestream.update",
                        "livestream.create",
                        "media_server.remove",
                        "media_server.resume",
                        "media_server.drain",
                        "media_server.add",
                        "api_key.revoke",
                        "api_key.create",
                        "project.create");
    }

    @Test
    void whatAPartnerDoesIsDoneByItsKey() {
        String livestream = server.create("a").required("id").asText();
        JsonNode entry = entries("&resourceId=" + livestream).getFirst();
        assertThat(entry.at("/actor/type").asText()).isEqualTo("api_key");
        assertThat(entry.at("/actor/name").asText()).isEqualTo("first");
        assertThat(entry.required("projectId").asText()).isEqualTo(server.projectId());
        assertThat(entry.at("/resource/type").asText()).isEqualTo("livestream");
    }

    @Test
    void whatIsRefusedOrOnlyAnsweredAgainIsNotTold() {
        String body = server.createBody("a", ",\"externalId\":\"x\"");
        for (int i = 0; i < 2; i++) {
            server.send(server.json("/livestream", server.apiKey(), body).header("Idempotency-Key", "1"));
        }
        assertThat(server.post("/livestream", body).status()).isEqualTo(409);
        assertThat(entries("&action=livestream.create")).hasSize(1);
        String local = "/admin/media-servers/" + server.mediaServerId();
        assertThat(server.adminDelete(local).status()).isEqualTo(409);
        assertThat(server.adminPost("/admin/projects", "{\"name\":\"default\"}").status())
                .isEqualTo(409);
        assertThat(server.end(UUID.randomUUID().toString()).status()).isEqualTo(404);
        assertThat(entries("&action=media_server.remove")).isEmpty();
        assertThat(entries("&action=project.create")).hasSize(1);
        assertThat(entries("&action=livestream.end")).isEmpty();
    }

    @Test
    void filtersNarrowTheLogTogether() {
        String livestream = server.create("a").required("id").asText();
        String other = server.create("b").required("id").asText();
        server.delete("/livestream/" + livestream);
        String key = entries("&resourceId=" + other).getFirst().at("/actor/id").asText();
        assertThat(entries("&actorId=" + key)).hasSize(3);
        assertThat(entries("&projectId=" + server.projectId())).hasSize(5);
        assertThat(entries("&resourceId=" + livestream)).hasSize(2);
        assertThat(entries("&resourceId=" + livestream + "&action=livestream.delete"))
                .hasSize(1);
        assertThat(entries("&resourceId=" + other + "&action=livestream.delete"))
                .isEmpty();
        assertThat(entries("&projectId=" + UUID.randomUUID())).isEmpty();
    }

    @Test
    void pagesShowEachEntryOnce() {
        for (int i = 0; i < 5; i++) {
            server.create("a" + i);
        }
        List<String> ids = new ArrayList<>();
        Answer answer = server.adminGet("/admin/audit");
        int total = answer.json().at("/meta/pagination/total").asInt();
        for (int page = 1; page <= (total + 2) / 3; page++) {
            rows(server.adminGet("/admin/audit?limit=3&page=" + page))
                    .forEach(entry -> ids.add(entry.required("id").asText()));
        }
        assertThat(ids).hasSize(total).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "actorId=x    | actorId must be a valid UUID",
                "resourceId=  | resourceId must be a valid UUID",
                "projectId=1  | projectId must be a valid UUID",
                "limit=101    | limit must not be greater than 100",
            })
    void aMalformedFilterIsABadRequest(String query, String message) {
        Answer answer = server.adminGet("/admin/audit?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().required("details")).hasSize(1);
        assertThat(answer.json().at("/details/0/message").asText()).isEqualTo(message);
    }

    @Test
    void anUnknownActionIsAnsweredWithThoseThereAre() {
        Answer answer = server.adminGet("/admin/audit?action=PROJECT_CREATED");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/details/0/message").asText())
                .startsWith("action must be one of account.login,")
                .contains("project.create", "livestream.end");
    }

    @Test
    void noSecretIsInIt() {
        JsonNode key = server.adminPost("/admin/projects/" + server.projectId() + "/api-keys", "{\"name\":\"k\"}")
                .data();
        JsonNode mediaServer =
                server.adminPost("/admin/media-servers", SERVER_BODY).data();
        JsonNode livestream = server.create("a");
        JsonNode token = server.post(
                        "/livestream/generate-push-token",
                        "{\"livestreamId\":\"" + livestream.required("id").asText() + "\"}")
                .data();
        JsonNode login = server.send(server.request("/auth/login")
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString("{\"email\":\"%s\",\"password\":\"%s\"}"
                                .formatted(server.adminEmail(), server.adminPassword()))))
                .data();
        server.send(server.request("/auth/login?password=in-the-query")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"email\":\"%s\",\"password\":\"a-wrong-guess\"}".formatted(server.adminEmail()))));
        String[] secrets = {
            server.apiKey(),
            key.required("apiKey").asText(),
            mediaServer.required("secret").asText(),
            livestream.required("pushToken").asText(),
            token.required("pushToken").asText(),
            login.required("accessToken").asText(),
            login.required("refreshToken").asText(),
            server.accessToken(),
            server.adminPassword(),
            "a-wrong-guess",
            "in-the-query",
        };
        assertThat(server.adminGet("/admin/audit?limit=100").response().body())
                .contains("media_server.add", "account.login_refused")
                .doesNotContain(secrets);
        try (Database database = server.database()) {
            String table = database.read(handle ->
                    handle.select("select * from audit_entry").mapToMap().list().toString());
            assertThat(table)
                    .contains("media_server.add", "account.login_refused")
                    .doesNotContain(secrets);
        }
    }

    @Test
    void entriesThatAreOlderThanTheRetentionAreDeleted() {
        server.create("old");
        AuditLog log = new AuditLog(clock);
        try (Database database = server.database()) {
            database.run(transaction -> {
                for (int i = 0; i < 2500; i++) {
                    log.record(transaction, AuditAction.LIVESTREAM_ENDED, Optional.empty(), Optional.empty());
                }
            });
        }
        clock.advance(Duration.ofDays(2));
        server.create("young");
        assertThat(total()).isGreaterThan(2500);
        server.close();
        clock.advance(Duration.ofDays(1));
        server = TestServer.start(folder, clock, Map.of("LUNAR_AUDIT_RETENTION", "2d"));
        await().until(() -> total() < 100);
        assertThat(entries("&action=livestream.create"))
                .singleElement()
                .extracting(entry -> entry.required("at").asText())
                .isEqualTo(clock.instant().minus(Duration.ofDays(1)).toString());
    }

    private int total() {
        return server.adminGet("/admin/audit")
                .json()
                .at("/meta/pagination/total")
                .asInt();
    }

    private List<JsonNode> entries(String filter) {
        return rows(server.adminGet("/admin/audit?limit=100" + filter));
    }

    private static List<JsonNode> rows(Answer answer) {
        return StreamSupport.stream(answer.data().spliterator(), /* parallel= */ false)
                .toList();
    }

    private void tick() {
        clock.advance(Duration.ofMillis(1));
    }

    private static String id(Answer answer) {
        return answer.data().required("id").asText();
    }
}
