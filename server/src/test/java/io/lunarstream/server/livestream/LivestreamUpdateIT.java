package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `PATCH /livestream/{id}`: what it changes, what it leaves, what it refuses.
@TestInstance(Lifecycle.PER_CLASS)
class LivestreamUpdateIT {
    private final MutableClock clock = new MutableClock();
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':' New '}              | name       | \"New\"",
                "{'externalId':'NEW'}          | externalId | \"NEW\"",
                "{'externalId':null}           | externalId | null",
                "{'metadata':{'b':'2'}}        | metadata   | {\"b\":\"2\"}",
                "{'metadata':{}}               | metadata   | {}",
                "{'metadata':null}             | metadata   | {}",
            })
    void aFieldThatIsGivenChangesAndAllOthersStay(String body, String field, String value) {
        JsonNode before = create(UUID.randomUUID().toString());
        clock.advance(Duration.ofSeconds(1));
        Answer answer = patch(before, body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        JsonNode after = answer.data();
        assertThat(after.required(field)).hasToString(value);
        assertThat(after.required("updatedAt").asText())
                .isEqualTo(clock.instant().toString());
        assertThat(differences(before, after)).containsExactlyInAnyOrder(field, "updatedAt");
        assertThat(server.get(path(before)).data()).isEqualTo(after);
        clear(before);
    }

    @Test
    void aChangedNameIsFoundByASearch() {
        JsonNode livestream = create("searched");
        patch(livestream, "{'name':'ĐỔI TÊN','externalId':'Order_9'}");
        for (String search : List.of("%C4%91%E1%BB%95i", "order_9")) {
            assertThat(server.get("/livestream?search=" + search).data()).hasSize(1);
        }
        assertThat(server.get("/livestream?search=searched").data()).isEmpty();
    }

    @Test
    void aLivestreamMovesToAnotherMediaServer() {
        UUID elsewhere = server.makeMediaServer("elsewhere");
        JsonNode moved =
                patch(create("moving"), "{'mediaServerId':'" + elsewhere + "'}").data();
        assertThat(moved.at("/mediaServer/name").asText()).isEqualTo("elsewhere");
        assertThat(moved.required("rtmpServer").asText()).isEqualTo("rtmp://elsewhere/live");
    }

    @Test
    void aLiveLivestreamKeepsItsMediaServerAndChangesOtherwise() {
        UUID other = server.makeMediaServer("other");
        JsonNode livestream = create("live");
        started(livestream);
        Answer refused = patch(livestream, "{'name':'x','mediaServerId':'" + other + "'}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().required("code").asText()).isEqualTo("LIVESTREAM_IS_LIVE");
        assertThat(server.get(path(livestream)).data().required("name").asText())
                .isEqualTo("a");
        Answer same = patch(livestream, "{'name':'x','mediaServerId':'" + server.mediaServerId() + "'}");
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.data().required("status").asText()).isEqualTo("STARTED");
    }

    @Test
    void anExternalIdOfAnotherLivestreamIsAConflictAndItsOwnIsNot() {
        JsonNode one = create("one");
        JsonNode two = create("two");
        Answer taken = patch(two, "{'name':'changed','externalId':'one'}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().required("code").asText()).isEqualTo("EXTERNAL_ID_EXISTS");
        assertThat(server.get(path(two)).data().required("name").asText()).isEqualTo("a");
        assertThat(patch(one, "{'externalId':'one'}").status()).isEqualTo(200);
        server.delete(path(one));
        assertThat(patch(two, "{'externalId':'one'}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                       | 400 | Validation failed | body must have at least one of name, externalId,"
                        + " metadata, mediaServerId",
                "{'name':null}            | 400 | Validation failed | name must be a string",
                "{'name':5}               | 400 | Validation failed | name must be a string",
                "{'externalId':5}         | 400 | Validation failed | externalId must be a string",
                "{'metadata':[]}          | 400 | Validation failed | metadata must be an object",
                "{'metadata':{'a':null}}  | 400 | Validation failed | metadata.a must be a string",
                "{'mediaServerId':null}   | 400 | mediaServerId must be a valid UUID"
                        + " | mediaServerId must be a valid UUID",
                "{'mediaServerId':'x'}    | 400 | mediaServerId must be a valid UUID"
                        + " | mediaServerId must be a valid UUID",
                "{'status':'ENDED'}       | 400 | Validation failed | property status should not exist",
                "{'projectId':'x'}        | 400 | Validation failed | property projectId should not exist",
                "{'name':' '}             | 422 | Validation failed | name should not be empty",
                "{'externalId':''}        | 422 | Validation failed | externalId should not be empty",
                "{'metadata':{'a':'\\u0000'}} | 422 | Validation failed"
                        + " | metadata.a must not contain U+0000 or unpaired surrogates",
            })
    void faultsOfTheInputAreToldAsOnCreate(String body, int status, String message, String detail) {
        JsonNode livestream = create(UUID.randomUUID().toString());
        Answer answer = patch(livestream, body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.json().required("message").asText()).isEqualTo(message);
        assertThat(answer.json().at("/details/0/message").asText()).isEqualTo(detail);
        assertThat(answer.json().required("details")).hasSize(1);
    }

    @Test
    void aMoveChecksTheNewMediaServerFirstForExistenceAndThenForRoom() {
        UUID unknown = UUID.randomUUID();
        Answer missing = patch(create("m1"), "{'name':'','mediaServerId':'" + unknown + "'}");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().required("code").asText()).isEqualTo("MEDIA_SERVER_NOT_FOUND");
        UUID draining = server.makeMediaServer("draining");
        try (Database database = server.database()) {
            database.run(
                    handle -> handle.execute("update media_server set status = 'DRAINING' where id = ?", draining));
        }
        Answer refused = patch(create("m2"), "{'mediaServerId':'" + draining + "'}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/details/0/message").asText())
                .isEqualTo("mediaServerId must name a media server that is online");
    }

    private JsonNode create(String externalId) {
        String id = server.create("a", ",\"externalId\":\"" + externalId + "\",\"metadata\":{\"a\":\"1\"}")
                .required("id")
                .asText();
        return server.get("/livestream/" + id).data();
    }

    private Answer patch(JsonNode livestream, String body) {
        return server.patch(path(livestream), body.replace('\'', '"'));
    }

    private void clear(JsonNode livestream) {
        server.delete(path(livestream));
    }

    private void started(JsonNode livestream) {
        try (ToldBroadcasts broadcasts = new ToldBroadcasts(server, clock)) {
            broadcasts.playable(UUID.fromString(livestream.required("id").asText()), clock.instant());
        }
    }

    private static String path(JsonNode livestream) {
        return "/livestream/" + livestream.required("id").asText();
    }

    private static List<String> differences(JsonNode before, JsonNode after) {
        List<String> fields = new ArrayList<>();
        before.properties().stream()
                .filter(field -> !field.getValue().equals(after.get(field.getKey())))
                .forEach(field -> fields.add(field.getKey()));
        return fields;
    }
}
