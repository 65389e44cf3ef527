package io.lunarstream.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of errors, Partner API section 2, row by row.
@TestInstance(Lifecycle.PER_CLASS)
class ErrorsIT {
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
    @CsvSource({
        "GET,    /livestream",
        "POST,   /livestream",
        "GET,    /livestream/not-an-id",
        "PATCH,  /livestream/6018c131-e8a6-4c44-bcdb-8dbd2e72fc05",
        "DELETE, /livestream/6018c131-e8a6-4c44-bcdb-8dbd2e72fc05",
        "POST,   /livestream/6018c131-e8a6-4c44-bcdb-8dbd2e72fc05/end",
        "POST,   /livestream/generate-push-token",
        "GET,    /media-servers/available",
    })
    void everyPartnerEndpointWantsTheKeyBeforeAnythingElse(String method, String path) {
        Answer none = server.send(server.request(path).method(method, BodyPublishers.ofString("{")));
        assertError(none, 401, "Invalid API Key", "INVALID_API_KEY");
        assertThat(none.json().required("error").asText()).isEqualTo("Unauthorized");
        for (String key : List.of("x", "ls_proj_v1_" + "A".repeat(43), server.apiKey() + "A")) {
            Answer wrong =
                    server.send(server.request(path).header("ls-api-key", key).method(method, BodyPublishers.noBody()));
            assertError(wrong, 401, "Invalid API Key", "INVALID_API_KEY");
        }
        Answer wrongHeader = server.send(
                server.request(path).header("x-api-key", server.apiKey()).method(method, BodyPublishers.noBody()));
        assertError(wrongHeader, 401, "Invalid API Key", "INVALID_API_KEY");
    }

    @Test
    void anotherProjectIsForbiddenInQueryAndBodyEvenIfTheResourceDoesNotExist() {
        UUID other = UUID.randomUUID();
        UUID unknown = UUID.randomUUID();
        List<Answer> answers = List.of(
                server.get("/livestream?projectId=" + other),
                server.get("/media-servers/available?projectId=" + other),
                server.get("/livestream/" + unknown + "?projectId=" + other),
                server.delete("/livestream/" + unknown + "?projectId=" + other),
                server.patch("/livestream/" + unknown + "?projectId=" + other, "{\"name\":\"a\"}"),
                server.send(server.partner("/livestream/" + unknown + "/end?projectId=" + other)
                        .POST(BodyPublishers.noBody())),
                server.post("/livestream", server.createBody("a", "").replace(server.projectId(), other.toString())),
                server.post("/livestream?projectId=" + other, server.createBody("a", "")),
                server.post(
                        "/livestream/generate-push-token",
                        "{\"livestreamId\":\"%s\",\"projectId\":\"%s\"}".formatted(unknown, other)));
        assertThat(answers)
                .allSatisfy(answer -> assertError(answer, 403, "Access denied to this resource", "ACCESS_DENIED"));
    }

    @Test
    void exactlyOneMissingFieldIsNamedByTheMessage() {
        String body =
                "{\"projectId\":\"%s\",\"mediaServerId\":\"%s\"".formatted(server.projectId(), server.mediaServerId());
        for (String json : List.of(body + "}", body + ",\"name\":null}")) {
            Answer answer = server.post("/livestream", json);
            assertFaults(answer, 400, "name is required", "name: name is required");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "5", "\"6018c131e8a64c44bcdb8dbd2e72fc05\"", "\"1-1-1-1-1\"", "{}"})
    void exactlyOneMalformedIdIsNamedByTheMessage(String id) {
        String json = server.createBody("a", "").replace("\"" + server.mediaServerId() + "\"", id);
        assertFaults(
                server.post("/livestream", json),
                400,
                "mediaServerId must be a valid UUID",
                "mediaServerId: mediaServerId must be a valid UUID");
    }

    @Test
    void malformedIdsInPathAndQueryAreNamedToo() {
        assertFaults(server.get("/livestream/x"), 400, "id must be a valid UUID", "id: id must be a valid UUID");
        assertFaults(
                server.get("/livestream?projectId=x"),
                400,
                "projectId must be a valid UUID",
                "projectId: projectId must be a valid UUID");
        assertFaults(
                server.get("/livestream/x?projectId=y"),
                400,
                "Validation failed",
                "projectId: projectId must be a valid UUID",
                "id: id must be a valid UUID");
    }

    @Test
    void everyOtherFaultIsTold() {
        Answer answer = server.post("/livestream", """
                {"name":5,"projectId":"x","expiresIn":"60","externalId":[],"metadata":"m","nam":1}""");
        assertFaults(
                answer,
                400,
                "Validation failed",
                "name: name must be a string",
                "projectId: projectId must be a valid UUID",
                "mediaServerId: mediaServerId is required",
                "expiresIn: expiresIn must be an integer",
                "externalId: externalId must be a string",
                "metadata: metadata must be an object",
                "nam: property nam should not exist");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"expiresIn\":60.5       | expiresIn must be an integer",
                "\"expiresIn\":true       | expiresIn must be an integer",
                "\"metadata\":{\"a\":1}   | metadata.a must be a string",
                "\"metadata\":[]          | metadata must be an object",
                "\"status\":\"STARTED\"   | property status should not exist",
            })
    void aWrongTypeOrAnUnknownFieldIsABadRequest(String field, String message) {
        Answer answer = server.post("/livestream", server.createBody("a", "," + field));
        assertError(answer, 400, "Validation failed", "VALIDATION_FAILED");
        assertThat(answer.json().at("/details/0/message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "page=0        | page must not be less than 1",
                "page=-1       | page must not be less than 1",
                "page=x        | page must be an integer",
                "page=         | page must be an integer",
                "page=1.0      | page must be an integer",
                "page=1&page=2 | page must be an integer",
                "limit=0       | limit must not be less than 1",
                "limit=101     | limit must not be greater than 100",
                "limit=99999999999999999999 | limit must not be greater than 100",
                "status=LIVE   | status must be one of READY_FOR_USE, STARTED, ENDED, TOKEN_EXPIRED",
                "status=       | status must be one of READY_FOR_USE, STARTED, ENDED, TOKEN_EXPIRED",
                "search=%ff    | search must be a string",
            })
    void aMalformedQueryIsABadRequest(String query, String message) {
        Answer answer = server.get("/livestream?" + query);
        assertError(answer, 400, "Validation failed", "VALIDATION_FAILED");
        assertThat(answer.json().at("/details/0/message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name       | \"\"             | name should not be empty",
                "name       | \" \\u00a0\\t\"  | name should not be empty",
                "name       | \"{256}\"        | name must be shorter than or equal to 255 characters",
                "name       | \"a\\u0000b\"    | name must not contain U+0000 or unpaired surrogates",
                "name       | \"a\\ud800b\"    | name must not contain U+0000 or unpaired surrogates",
                "expiresIn  | 59               | expiresIn must not be less than 60",
                "expiresIn  | -1               | expiresIn must not be less than 60",
                "expiresIn  | 2592001          | expiresIn must not be greater than 2592000",
                "expiresIn  | 99999999999999999999999999 | expiresIn must not be greater than 2592000",
                "externalId | \"\"             | externalId should not be empty",
                "externalId | \"{256}\"        | externalId must be shorter than or equal to 255 characters",
                "metadata   | {\"{65}\":\"\"}  | metadata keys must be shorter than or equal to 64 characters",
                "metadata   | {\"k\":\"{501}\"} | metadata.k must be shorter than or equal to 500 characters",
                "metadata   | {\"k\":\"\\u0000\"} | metadata.k must not contain U+0000 or unpaired surrogates",
            })
    void aWellFormedValueThatCannotBeAcceptedIsUnprocessable(String field, String value, String message) {
        String long256 = value.replace("{256}", "é".repeat(256))
                .replace("{65}", "k".repeat(65))
                .replace("{501}", "v".repeat(501));
        String json = field.equals("name")
                ? server.createBody("NAME", "").replace("\"NAME\"", long256)
                : server.createBody("a", ",\"" + field + "\":" + long256);
        Answer answer = server.post("/livestream", json);
        assertError(answer, 422, "Validation failed", "UNPROCESSABLE");
        assertThat(answer.json().at("/error").asText()).isEqualTo("Unprocessable Entity");
        assertThat(answer.json().at("/details/0/message").asText()).isEqualTo(message);
    }

    @Test
    void tooMuchMetadataIsUnprocessable() {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            entries.add("\"k" + i + "\":\"v\"");
        }
        Answer answer =
                server.post("/livestream", server.createBody("a", ",\"metadata\":{" + String.join(",", entries) + "}"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/details/0/message").asText())
                .isEqualTo("metadata must not have more than 20 entries");
    }

    @Test
    void searchIsCheckedForTextThatCannotExist() {
        Answer answer = server.get("/livestream?search=a%00");
        assertFaults(answer, 422, "Validation failed", "search: search must not contain U+0000 or unpaired surrogates");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1} x",
                "{\"a\":1}{}",
                "{\"a\":1,\"a\":1}",
                "{'a':1}",
                "nul",
                "\ufeff{}",
                "{\"a\":01}"
            })
    void malformedJsonIsABadRequest(String body) {
        assertError(server.post("/livestream", body), 400, "Request body is not valid JSON", "MALFORMED_JSON");
    }

    @Test
    void invalidUtf8AndDeepNestingAreMalformedJson() {
        byte[] latin1 = "{\"name\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        Answer invalid = server.send(server.partner("/livestream")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(latin1)));
        assertError(invalid, 400, "Request body is not valid JSON", "MALFORMED_JSON");
        String deep = "[".repeat(20_000) + "]".repeat(20_000);
        assertError(server.post("/livestream", deep), 400, "Request body is not valid JSON", "MALFORMED_JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "5", "\"text\"", "null", "true"})
    void jsonThatIsNoObjectIsABadRequest(String body) {
        assertFaults(server.post("/livestream", body), 400, "body must be an object", "body: body must be an object");
    }

    @Test
    void unknownLivestreamsAndMediaServersAreNotFound() {
        UUID unknown = UUID.randomUUID();
        List<Answer> answers = List.of(
                server.get("/livestream/" + unknown),
                server.delete("/livestream/" + unknown),
                server.patch("/livestream/" + unknown, "{\"name\":\"\"}"),
                server.end(unknown.toString()),
                server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + unknown + "\"}"),
                server.get("/livestreams/stream-info/" + unknown),
                server.get("/livestreams/stream-info/" + "a".repeat(32)));
        assertThat(answers)
                .allSatisfy(answer -> assertError(answer, 404, "Livestream not found", "LIVESTREAM_NOT_FOUND"));
        String json = server.createBody("", "").replace(server.mediaServerId(), unknown.toString());
        assertError(server.post("/livestream", json), 404, "Media server not found", "MEDIA_SERVER_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /x",
        "POST, /x",
        "GET, /livestream/",
        "GET, //api/v2/livestream",
        "GET, //",
        "GET, //metrics",
        "BREW, /livestreams/%ff",
    })
    void anUnknownPathIsNotFound(String method, String path) {
        Answer answer = server.send(server.request(path + "?secret=1").method(method, BodyPublishers.ofString("{")));
        String shown = path.startsWith("//") ? path.substring(1) : "/api/v1" + path;
        assertError(answer, 404, "Cannot " + method + " " + shown, "NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,     /livestream,                     'POST, GET, HEAD'",
        "OPTIONS, /livestream,                     'POST, GET, HEAD'",
        "POST,    /livestream/x,                   'GET, HEAD, PATCH, DELETE'",
        "GET,     /livestream/generate-push-token, POST",
        "GET,     /livestream/x/end,               POST",
        "DELETE,  /media-servers/available,        'GET, HEAD'",
        "POST,    //health,                        'GET, HEAD, OPTIONS'",
    })
    void aWrongMethodIsAnsweredWithTheRightOnesBeforeTheKeyIsLookedAt(String method, String path, String allow) {
        Answer answer = server.send(server.request(path).method(method, BodyPublishers.noBody()));
        String shown = path.startsWith("//") ? path.substring(1) : "/api/v1" + path;
        assertError(answer, 405, "Cannot " + method + " " + shown, "METHOD_NOT_ALLOWED");
        assertThat(answer.header("allow")).isEqualTo(allow);
    }

    @Test
    void aBodyOver64KiBIsDrainedAndRefused() {
        for (int bytes : new int[] {64 * 1024 + 1, 1024 * 1024}) {
            Answer answer = server.post("/livestream", " ".repeat(bytes));
            assertError(answer, 413, "Request body must not be larger than 64 KiB", "PAYLOAD_TOO_LARGE");
            assertThat(answer.json().at("/error").asText()).isEqualTo("Payload Too Large");
        }
        Answer exact = server.post("/livestream", " ".repeat(64 * 1024));
        assertError(exact, 400, "Request body is not valid JSON", "MALFORMED_JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "*/*"})
    void aBodyThatIsNotDeclaredAsJsonIsRefused(String type) {
        Answer answer = server.send(server.partner("/livestream")
                .header("content-type", type)
                .POST(BodyPublishers.ofString(server.createBody("a", ""))));
        assertError(answer, 415, "Content-Type must be application/json", "UNSUPPORTED_MEDIA_TYPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON;charset=\"UTF-8\"", "application/problem+json"})
    void everySpellingOfJsonIsTaken(String type) {
        Answer answer = server.send(server.partner("/livestream")
                .header("content-type", type)
                .POST(BodyPublishers.ofString(server.createBody("a", ""))));
        assertThat(answer.status()).isEqualTo(201);
    }

    @Test
    void anExternalIdIsUniqueInItsProject() {
        server.create("a", ",\"externalId\":\"taken\"");
        Answer answer = server.post("/livestream", server.createBody("b", ",\"externalId\":\"taken\""));
        assertError(
                answer, 409, "A livestream with this externalId already exists in the project", "EXTERNAL_ID_EXISTS");
    }

    @Test
    void tooMuchAddressOrHeaderIsAnsweredInTheSameForm() {
        Answer line = server.get("/livestream?search=" + "a".repeat(20_000));
        assertError(line, 414, "Request address is too long", "URI_TOO_LONG");
        Answer headers = server.send(server.partner("/livestream").header("x", "a".repeat(20_000)));
        assertError(headers, 431, "Request headers are too large", "HEADERS_TOO_LARGE");
    }

    @Test
    void aRequestKeepsItsHarmlessIdAndGetsOneOtherwise() {
        Answer kept = server.send(server.partner("/livestream/x").header("X-Request-Id", "my.request_1-A"));
        assertThat(kept.header("X-Request-Id")).isEqualTo("my.request_1-A");
        assertThat(kept.json().required("requestId").asText()).isEqualTo("my.request_1-A");
        Answer replaced = server.send(server.partner("/livestream").header("X-Request-Id", "a b"));
        assertThat(replaced.header("X-Request-Id")).hasSize(36);
    }

    private static void assertError(Answer answer, int status, String message, String code) {
        JsonNode body = answer.json();
        assertThat(answer.status()).as(body.toString()).isEqualTo(status);
        assertThat(body.required("statusCode").asInt()).isEqualTo(status);
        assertThat(body.required("message").asText()).isEqualTo(message);
        assertThat(body.required("error").asText()).isNotEmpty();
        assertThat(body.required("code").asText()).isEqualTo(code);
        assertThat(body.required("requestId").asText()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.header("content-type")).isEqualTo("application/json; charset=utf-8");
    }

    private static void assertFaults(Answer answer, int status, String message, String... details) {
        assertError(answer, status, message, status == 422 ? "UNPROCESSABLE" : "VALIDATION_FAILED");
        List<String> rows = new ArrayList<>();
        answer.json()
                .required("details")
                .forEach(row -> rows.add(row.required("field").asText() + ": "
                        + row.required("message").asText()));
        assertThat(rows).containsExactly(details);
    }
}
