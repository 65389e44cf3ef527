package io.lunarstream.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The rows of the table of errors that hold for every partner endpoint, at each of them; and the fields of each. The
/// list of endpoints is the program's. Partner API, section 2.
@TestInstance(Lifecycle.PER_CLASS)
class ErrorsOfEveryEndpointIT {
    private TestServer server;
    private String livestream = "";

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder);
        livestream = server.create("a").required("id").asText();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// An endpoint, told by its name in reports.
    record Endpoint(Route route) {

        @Override
        public String toString() {
            return route.method() + " " + route.template();
        }
    }

    private Stream<Endpoint> endpoints() {
        return server.routes().stream()
                .filter(route -> route.access() == Access.PARTNER)
                .map(Endpoint::new);
    }

    private Stream<Endpoint> endpointsWithABody() {
        return endpoints().filter(endpoint -> endpoint.route().expectsBody());
    }

    private Stream<Endpoint> endpointsWithAnId() {
        return endpoints().filter(endpoint -> endpoint.route().template().contains("{id}"));
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void nobodyIsLetInWithoutAKey(Endpoint endpoint) {
        for (String header : List.of("x-api-key", "authorization", "ls-api-keys")) {
            Answer answer = server.send(server.request(path(endpoint, livestream))
                    .header(header, server.apiKey())
                    .method(endpoint.route().method(), BodyPublishers.ofString("{")));
            assertError(answer, 401, "Invalid API Key", "INVALID_API_KEY");
        }
        Answer wrong = send(endpoint, path(endpoint, livestream), "ls_proj_v1_" + "A".repeat(43), "{", "text/plain");
        assertError(wrong, 401, "Invalid API Key", "INVALID_API_KEY");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void anotherMethodIsToldWhichOnesThereAre(Endpoint endpoint) {
        Answer answer = server.send(server.request(path(endpoint, livestream)).method("PUT", BodyPublishers.noBody()));
        String shown = path(endpoint, livestream).substring(1);
        assertError(answer, 405, "Cannot PUT " + shown, "METHOD_NOT_ALLOWED");
        assertThat(List.of(answer.header("allow").split(", ", -1)))
                .contains(endpoint.route().method());
        Answer below = server.send(server.request(path(endpoint, livestream) + "/x/y/z"));
        assertError(below, 404, "Cannot GET " + shown + "/x/y/z", "NOT_FOUND");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void theProjectInTheQueryMustBeAnIdAndTheKeysOwn(Endpoint endpoint) {
        String path = path(endpoint, livestream) + "?projectId=";
        String body = goodBody(endpoint);
        assertError(
                send(endpoint, path + UUID.randomUUID(), body), 403, "Access denied to this resource", "ACCESS_DENIED");
        assertError(
                send(endpoint, path + "1-1-1-1-1", body), 400, "projectId must be a valid UUID", "VALIDATION_FAILED");
        assertThat(send(
                                endpoint,
                                path(endpoint, UUID.randomUUID().toString()) + "?projectId=" + server.projectId(),
                                body)
                        .status())
                .isIn(200, 201, 404);
    }

    @ParameterizedTest
    @MethodSource("endpointsWithAnId")
    void theIdMustBeOneAndOfALivestream(Endpoint endpoint) {
        String body = goodBody(endpoint);
        assertError(send(endpoint, path(endpoint, "x"), body), 400, "id must be a valid UUID", "VALIDATION_FAILED");
        assertError(
                send(endpoint, path(endpoint, UUID.randomUUID().toString()), body),
                404,
                "Livestream not found",
                "LIVESTREAM_NOT_FOUND");
    }

    @ParameterizedTest
    @MethodSource("endpointsWithABody")
    void aBodyThatIsNoJsonIsRefused(Endpoint endpoint) {
        for (String body :
                List.of("", "{", "nul", "{} {}", "{\"a\":1,\"a\":2}", "[".repeat(20_000) + "]".repeat(20_000))) {
            Answer answer = send(endpoint, path(endpoint, livestream), body);
            assertError(answer, 400, "Request body is not valid JSON", "MALFORMED_JSON");
        }
        byte[] latin1 = "{\"name\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        Answer answer = server.send(server.partner(path(endpoint, livestream))
                .header("content-type", "application/json")
                .method(endpoint.route().method(), BodyPublishers.ofByteArray(latin1)));
        assertError(answer, 400, "Request body is not valid JSON", "MALFORMED_JSON");
    }

    @ParameterizedTest
    @MethodSource("endpointsWithABody")
    void aBodyThatIsNoObjectOrTooLargeOrOfAnotherTypeIsRefused(Endpoint endpoint) {
        String path = path(endpoint, livestream);
        assertError(send(endpoint, path, "[1]"), 400, "body must be an object", "VALIDATION_FAILED");
        Answer large = send(endpoint, path, " ".repeat(64 * 1024 + 1));
        assertError(large, 413, "Request body must not be larger than 64 KiB", "PAYLOAD_TOO_LARGE");
        Answer type = send(endpoint, path, server.apiKey(), "{}", "text/plain");
        assertError(type, 415, "Content-Type must be application/json", "UNSUPPORTED_MEDIA_TYPE");
    }

    @ParameterizedTest
    @MethodSource("endpointsWithABody")
    void anUnknownFieldIsNotIgnored(Endpoint endpoint) {
        String body = goodBody(endpoint).replaceFirst("}$", ",\"expiresin\":60}");
        Answer answer = send(endpoint, path(endpoint, livestream), body);
        assertError(answer, 400, "Validation failed", "VALIDATION_FAILED");
        assertThat(answer.json().required("details"))
                .hasToString("[{\"field\":\"expiresin\",\"message\":\"property expiresin should not exist\"}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                    | 400 | livestreamId is required | livestreamId is required",
                "{'livestreamId':null} | 400 | livestreamId is required | livestreamId is required",
                "{'livestreamId':'x'}                   | 400 | livestreamId must be a valid UUID"
                        + " | livestreamId must be a valid UUID",
                "{'livestreamId':7}                     | 400 | livestreamId must be a valid UUID"
                        + " | livestreamId must be a valid UUID",
                "{'livestreamId':'{id}','projectId':'x'} | 400 | projectId must be a valid UUID"
                        + " | projectId must be a valid UUID",
                "{'livestreamId':'{id}','expiresIn':'60'} | 400 | Validation failed | expiresIn must be an integer",
                "{'livestreamId':'{id}','expiresIn':60.5} | 400 | Validation failed | expiresIn must be an integer",
                "{'livestreamId':'{id}','revokePrevious':1} | 400 | Validation failed"
                        + " | revokePrevious must be a boolean",
                "{'livestreamId':'{id}','expiresIn':59} | 422 | Validation failed"
                        + " | expiresIn must not be less than 60",
                "{'livestreamId':'{id}','expiresIn':-99999999999999999999} | 422 | Validation failed"
                        + " | expiresIn must not be less than 60",
                "{'livestreamId':'{id}','expiresIn':2592001} | 422 | Validation failed"
                        + " | expiresIn must not be greater than 2592000",
            })
    void faultsOfATokenRequestAreTold(String body, int status, String message, String detail) {
        Answer answer = server.post("/livestream/generate-push-token", quoted(body));
        assertError(answer, status, message, status == 422 ? "UNPROCESSABLE" : "VALIDATION_FAILED");
        assertThat(answer.json().at("/details/0/message").asText()).isEqualTo(detail);
        assertThat(answer.json().required("details")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'livestreamId':'{id}'}                                                        | 3600",
                "{'livestreamId':'{id}','expiresIn':null,'revokePrevious':null,'projectId':null} | 3600",
                "{'livestreamId':'{ID}','expiresIn':60,'projectId':'{project}'}                 | 60",
                "{'livestreamId':'{id}','expiresIn':2592000,'revokePrevious':false}             | 2592000",
            })
    void aTokenRequestMayLeaveOutWhatIsOptional(String body, long expiresIn) {
        Answer answer = server.post("/livestream/generate-push-token", quoted(body));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        assertThat(answer.data().required("expiresIn").asLong()).isEqualTo(expiresIn);
    }

    private String quoted(String body) {
        return body.replace("{id}", livestream)
                .replace("{ID}", livestream.toUpperCase(Locale.ROOT))
                .replace("{project}", server.projectId())
                .replace('\'', '"');
    }

    /// A body that the endpoint takes.
    private String goodBody(Endpoint endpoint) {
        return switch (endpoint.toString()) {
            case "POST /api/v1/livestream" -> server.createBody("a", "");
            case "PATCH /api/v1/livestream/{id}" -> "{\"name\":\"a\"}";
            case "POST /api/v1/livestream/generate-push-token" -> "{\"livestreamId\":\"" + livestream + "\"}";
            default -> {
                assertThat(endpoint.route().expectsBody())
                        .as(endpoint + " needs a body here")
                        .isFalse();
                yield "";
            }
        };
    }

    private static String path(Endpoint endpoint, String id) {
        return "/" + endpoint.route().template().replace("{id}", id);
    }

    private Answer send(Endpoint endpoint, String path, String body) {
        return send(endpoint, path, server.apiKey(), body, "application/json");
    }

    private Answer send(Endpoint endpoint, String path, String key, String body, String type) {
        return server.send(server.request(path)
                .header("ls-api-key", key)
                .header("content-type", type)
                .method(endpoint.route().method(), BodyPublishers.ofString(body)));
    }

    private static void assertError(Answer answer, int status, String message, String code) {
        JsonNode body = answer.json();
        assertThat(answer.status()).as(body.toString()).isEqualTo(status);
        assertThat(body.required("statusCode").asInt()).isEqualTo(status);
        assertThat(body.required("message").asText()).isEqualTo(message);
        assertThat(body.required("error").asText()).isNotEmpty();
        assertThat(body.required("code").asText()).isEqualTo(code);
        assertThat(body.required("requestId").asText()).isEqualTo(answer.header("X-Request-Id"));
    }
}
