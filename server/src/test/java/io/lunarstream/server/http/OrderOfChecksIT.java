package io.lunarstream.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.livestream.ToldBroadcasts;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Of two faults in one request the earlier check answers: known path, method, authentication, rate limit, body
/// syntax, field shape, project access, existence, values, state. Partner API, section 2.
@TestInstance(Lifecycle.PER_CLASS)
class OrderOfChecksIT {
    /// More than this test asks with its good key.
    private static final int LIMIT = 60;

    private final MutableClock clock = new MutableClock();
    private final UUID unknown = UUID.randomUUID();
    private TestServer server;
    private String busyKey = "";
    private String live = "";
    private String offline = "";

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of("LUNAR_RATE_LIMITS_PARTNER_REQUESTS", Integer.toString(LIMIT)));
        busyKey = server.makeProject(UUID.randomUUID(), clock);
        for (int i = 0; i < LIMIT; i++) {
            server.send(server.request("/media-servers/available").header("ls-api-key", busyKey));
        }
        live = server.create("live", ",\"externalId\":\"taken\"").required("id").asText();
        try (ToldBroadcasts broadcasts = new ToldBroadcasts(server, clock)) {
            broadcasts.playable(UUID.fromString(live), clock.instant());
            offline = server.makeMediaServer("offline").toString();
        }
        try (Database database = server.database()) {
            database.run(handle -> handle.execute("update media_server set status = 'OFFLINE' where id = ?", offline));
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// Which key a request has: none that is known, one that has used up its window, or a good one.
    enum Key {
        NONE,
        BUSY,
        GOOD
    }

    /// {other} is another project, {unknown} no livestream or media server, {offline} a media server that takes none.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "path before method            | NONE | BREW   | /nowhere         |   | 404 | NOT_FOUND",
                "path before authentication    | NONE | GET    | /nowhere         |   | 404 | NOT_FOUND",
                "method before authentication  | NONE | PUT    | /livestream      |   | 405 | METHOD_NOT_ALLOWED",
                "method before rate limit      | BUSY | PUT    | /livestream      |   | 405 | METHOD_NOT_ALLOWED",
                "authentication before limit   | NONE | GET    | /livestream      |   | 401 | INVALID_API_KEY",
                "authentication before syntax  | NONE | POST   | /livestream      | { | 401 | INVALID_API_KEY",
                "rate limit before syntax      | BUSY | POST   | /livestream      | { | 429 | RATE_LIMITED",
                "rate limit before shape       | BUSY | GET    | /livestream/x    |   | 429 | RATE_LIMITED",
                "syntax before shape           | GOOD | PATCH  | /livestream/x    | { | 400 | MALFORMED_JSON",
                "syntax before access          | GOOD | PATCH  | /livestream/{unknown}?projectId={other} | {"
                        + " | 400 | MALFORMED_JSON",
                "shape before access           | GOOD | GET    | /livestream/x?projectId={other} |"
                        + " | 400 | VALIDATION_FAILED",
                "shape before access in a body | GOOD | POST   | /livestream | {'projectId':'{other}'}"
                        + " | 400 | VALIDATION_FAILED",
                "shape before existence        | GOOD | PATCH  | /livestream/{unknown} | {'name':5}"
                        + " | 400 | VALIDATION_FAILED",
                "access before existence       | GOOD | DELETE | /livestream/{unknown}?projectId={other} |"
                        + " | 403 | ACCESS_DENIED",
                "access before values          | GOOD | POST   | /livestream"
                        + " | {'name':'','projectId':'{other}','mediaServerId':'{unknown}'} | 403 | ACCESS_DENIED",
                "existence before values       | GOOD | PATCH  | /livestream/{unknown} | {'name':''}"
                        + " | 404 | LIVESTREAM_NOT_FOUND",
                "existence before values of a token | GOOD | POST | /livestream/generate-push-token"
                        + " | {'livestreamId':'{unknown}','expiresIn':1} | 404 | LIVESTREAM_NOT_FOUND",
                "media server before values    | GOOD | POST   | /livestream"
                        + " | {'name':'','projectId':'{own}','mediaServerId':'{unknown}'}"
                        + " | 404 | MEDIA_SERVER_NOT_FOUND",
                "values before state           | GOOD | POST   | /livestream"
                        + " | {'name':'','externalId':'taken','projectId':'{own}','mediaServerId':'{server}'}"
                        + " | 422 | UNPROCESSABLE",
                "values before state of a live one | GOOD | PATCH | /livestream/{live}"
                        + " | {'mediaServerId':'{offline}'} | 422 | UNPROCESSABLE",
                "state last                    | GOOD | POST   | /livestream"
                        + " | {'name':'n','externalId':'taken','projectId':'{own}','mediaServerId':'{server}'}"
                        + " | 409 | EXTERNAL_ID_EXISTS",
            })
    void theEarlierCheckAnswers(
            String pair, Key key, String method, String path, String body, int status, String code) {
        String json = body == null ? "" : filled(body);
        Answer answer =
                server.send(server.json(filled(path), key(key), json).method(method, BodyPublishers.ofString(json)));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.json().required("code").asText()).isEqualTo(code);
    }

    private String key(Key key) {
        return switch (key) {
            case NONE -> "ls_proj_v1_none";
            case BUSY -> busyKey;
            case GOOD -> server.apiKey();
        };
    }

    private String filled(String template) {
        return template.replace("{other}", new UUID(1, 1).toString())
                .replace("{own}", server.projectId())
                .replace("{server}", server.mediaServerId())
                .replace("{unknown}", unknown.toString())
                .replace("{live}", live)
                .replace("{offline}", offline)
                .replace('\'', '"');
    }
}
