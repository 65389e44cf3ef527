package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.livestream.ToldBroadcasts;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Another project's key finds nothing and changes nothing, at any endpoint. The list of endpoints is the program's.
@TestInstance(Lifecycle.PER_CLASS)
class IsolationIT {
    /// Endpoints that name a livestream in their path or body, each with a body that would change something.
    private static final Map<String, String> NAMING = Map.of(
            "GET /api/v1/livestream/{id}", "",
            "PATCH /api/v1/livestream/{id}", "{\"name\":\"theirs\"}",
            "DELETE /api/v1/livestream/{id}", "",
            "POST /api/v1/livestream/{id}/end", "",
            "POST /api/v1/livestream/generate-push-token", "{\"livestreamId\":\"{id}\",\"revokePrevious\":true}");

    /// Endpoints that name no livestream.
    private static final Set<String> NAMELESS =
            Set.of("POST /api/v1/livestream", "GET /api/v1/livestream", "GET /api/v1/media-servers/available");

    private final MutableClock clock = new MutableClock();
    private TestServer server;
    private String livestream = "";
    private String strangersKey = "";

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
        strangersKey = server.makeProject(UUID.randomUUID(), clock);
        livestream = server.create("mine", ",\"externalId\":\"e\",\"metadata\":{\"a\":\"b\"}")
                .required("id")
                .asText();
        try (ToldBroadcasts broadcasts = new ToldBroadcasts(server, clock)) {
            broadcasts.playable(UUID.fromString(livestream), clock.instant());
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<String> naming() {
        return NAMING.keySet().stream().sorted();
    }

    static Stream<String> all() {
        return Stream.concat(naming(), NAMELESS.stream().sorted());
    }

    @Test
    void noEndpointIsForgottenHere() {
        Set<String> ofTheProgram = server.routes().stream()
                .filter(route -> route.access() == Access.PARTNER)
                .map(IsolationIT::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(all()).containsExactlyInAnyOrderElementsOf(ofTheProgram);
    }

    @ParameterizedTest
    @MethodSource("naming")
    void anotherProjectsLivestreamIsNotFoundAndStaysAsItIs(String endpoint) {
        List<String> before = asItsOwnerSeesIt();
        Answer answer = server.send(request(endpoint, ""));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().required("code").asText()).isEqualTo("LIVESTREAM_NOT_FOUND");
        assertThat(asItsOwnerSeesIt()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("all")
    void whoNamesAnotherProjectIsRefusedAndNothingChanges(String endpoint) {
        List<String> before = asItsOwnerSeesIt();
        Answer answer = server.send(request(endpoint, "?projectId=" + server.projectId()));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().required("code").asText()).isEqualTo("ACCESS_DENIED");
        assertThat(asItsOwnerSeesIt()).isEqualTo(before);
    }

    @Test
    void aStrangersListIsEmpty() {
        for (String query : List.of("", "?search=mine", "?status=STARTED")) {
            Answer answer = server.send(server.request("/livestream" + query).header("ls-api-key", strangersKey));
            assertThat(answer.data()).isEmpty();
            assertThat(answer.json().at("/meta/pagination/total").asInt()).isZero();
        }
    }

    private HttpRequest.Builder request(String endpoint, String query) {
        String[] words = endpoint.replace("{id}", livestream).split(" ", -1);
        String body = endpoint.equals("POST /api/v1/livestream")
                ? server.createBody("theirs", "")
                : NAMING.getOrDefault(endpoint, "").replace("{id}", livestream);
        return server.json("/" + words[1] + query, strangersKey, body).method(words[0], BodyPublishers.ofString(body));
    }

    /// Every byte of it, and that it is the only one.
    private List<String> asItsOwnerSeesIt() {
        return List.of(
                server.get("/livestream/" + livestream).response().body(),
                server.get("/livestream").response().body());
    }

    private static String name(Route route) {
        return route.method() + " " + route.template();
    }
}
