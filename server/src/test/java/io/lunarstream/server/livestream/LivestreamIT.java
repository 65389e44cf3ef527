package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The endpoints of livestreams and media servers: their shapes, and what they do.
class LivestreamIT {
    private static final String[] FIELDS = {
        "id",
        "projectId",
        "name",
        "externalId",
        "metadata",
        "status",
        "streamKey",
        "hlsSources",
        "hlsPaths",
        "rtmpServer",
        "rmtpServer",
        "previewPlayback",
        "mediaServer",
        "pushTokenExpiresAt",
        "startedAt",
        "endedAt",
        "endReason",
        "createdAt",
        "updatedAt",
        "viewers",
    };
    private static final String[] SECRETS = {"pushToken", "streamKeyWithToken", "streamKeyWithParams"};

    private final MutableClock clock = new MutableClock();
    private final TestServer server;

    LivestreamIT(@TempDir Path folder) {
        Map<String, String> environment = Map.of(
                "LUNAR_PUBLIC_RTMP_URL", "rtmp://in.example/live",
                "LUNAR_CDNS",
                        "east=https://east.example/hls,west=https://west.example,here@local=https://here.example");
        server = TestServer.start(folder, clock, environment);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void createAnswersWithTheWholeLivestreamAndItsSecrets() {
        JsonNode made = server.create(
                " Show \u00a0", ",\"externalId\":\"e1\",\"metadata\":{\"z\":\"1\",\"a\":\"\"},\"expiresIn\":60");
        assertThat(names(made)).containsExactlyInAnyOrder(concat(FIELDS, SECRETS));
        String key = made.required("streamKey").asText();
        assertThat(key).matches("[0-9a-f]{32}");
        assertThat(made.required("name").asText()).isEqualTo("Show");
        assertThat(made.required("externalId").asText()).isEqualTo("e1");
        assertThat(made.required("metadata")).hasToString("{\"z\":\"1\",\"a\":\"\"}");
        assertThat(made.required("status").asText()).isEqualTo("READY_FOR_USE");
        assertThat(made.required("createdAt").asText()).isEqualTo("2026-01-12T18:12:38.918Z");
        assertThat(made.required("pushTokenExpiresAt").asText()).isEqualTo("2026-01-12T18:13:38.000Z");
        assertThat(made.required("startedAt").isNull()).isTrue();
        assertThat(made.required("viewers").asInt()).isZero();
        assertThat(made.required("rtmpServer").asText()).isEqualTo("rtmp://in.example/live");
        assertThat(made.required("rmtpServer")).isEqualTo(made.required("rtmpServer"));
        assertThat(made.required("streamKeyWithToken").asText())
                .isEqualTo(key + "?pushToken=" + made.required("pushToken").asText());
        assertThat(made.required("streamKeyWithParams")).isEqualTo(made.required("streamKeyWithToken"));
        assertThat(names(made.required("mediaServer"))).containsExactly("id", "name", "region");
    }

    @Test
    void hlsSourcesAreTheOriginThenCdnsOfTheRegionThenTheOthersInOrder() {
        JsonNode made = server.create("a");
        String path = "/" + made.required("streamKey").asText() + "/master.m3u8";
        List<String> sources = new ArrayList<>();
        made.required("hlsSources")
                .forEach(source -> sources.add(source.required("name").asText() + " "
                        + source.required("url").asText()));
        String origin = server.request("//hls").build().uri().toString();
        assertThat(sources)
                .containsExactly(
                        "origin " + origin.replace("127.0.0.1", "localhost") + path,
                        "here https://here.example" + path,
                        "east https://east.example/hls" + path,
                        "west https://west.example" + path);
        assertThat(made.required("hlsPaths").get(1).asText()).isEqualTo("https://here.example" + path);
        String streamKey = made.required("streamKey").asText();
        assertThat(server.get("/livestreams/stream-info/" + streamKey).data().required("hlsSources"))
                .isEqualTo(made.required("hlsSources"));
    }

    @Test
    void getListAndDeleteShowTheSameLivestreamWithoutSecrets() {
        JsonNode made = server.create("a");
        String id = made.required("id").asText();
        JsonNode read = server.get("/livestream/" + id.toUpperCase(Locale.ROOT)).data();
        assertThat(names(read)).containsExactlyInAnyOrder(FIELDS);
        read.properties().forEach(field -> assertThat(field.getValue()).isEqualTo(made.get(field.getKey())));
        assertThat(server.get("/livestream").data().get(0)).isEqualTo(read);

        Answer deleted = server.delete("/livestream/" + id + "?projectId=" + server.projectId());
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.data()).isEqualTo(read);
        assertThat(deleted.json().required("meta").isEmpty()).isTrue();
    }

    @Test
    void aDeletedLivestreamIsGoneEverywhereAndItsExternalIdIsFree() {
        JsonNode made = server.create("a", ",\"externalId\":\"e\"");
        String id = made.required("id").asText();
        server.delete("/livestream/" + id);
        assertThat(server.get("/livestream/" + id).status()).isEqualTo(404);
        assertThat(server.delete("/livestream/" + id).status()).isEqualTo(404);
        assertThat(server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id + "\"}")
                        .status())
                .isEqualTo(404);
        assertThat(server.send(server.request("/livestreams/stream-info/"
                                + made.required("streamKey").asText()))
                        .status())
                .isEqualTo(404);
        assertThat(server.get("/livestream").data()).isEmpty();
        server.create("b", ",\"externalId\":\"e\"");
    }

    @Test
    void theListIsNewestFirstInPagesAndEmptyPastTheEnd() {
        for (int i = 1; i <= 12; i++) {
            clock.advance(Duration.ofMillis(1));
            server.create("n" + i);
        }
        Answer first = server.get("/livestream");
        assertThat(texts(first.data(), "name")).startsWith("n12", "n11").hasSize(10);
        assertThat(first.json().at("/meta/pagination"))
                .hasToString("{\"page\":1,\"limit\":10,\"total\":12,\"totalPages\":2}");
        assertThat(texts(server.get("/livestream?page=3&limit=5&ignored=1").data(), "name"))
                .containsExactly("n2", "n1");
        Answer past = server.get("/livestream?page=9007199254740991&limit=100");
        assertThat(past.data()).isEmpty();
        assertThat(past.json().at("/meta/pagination/total").asInt()).isEqualTo(12);
    }

    @Test
    void theListCanBeSearchedInAnyCaseByPartsOfNameAndExternalId() {
        server.create("TRỰC TIẾP 50%");
        server.create("other", ",\"externalId\":\"Order_77\"");
        assertThat(texts(server.get("/livestream?search=tr%E1%BB%B1c+ti").data(), "name"))
                .containsExactly("TRỰC TIẾP 50%");
        assertThat(texts(server.get("/livestream?search=ORDER_").data(), "name"))
                .containsExactly("other");
        assertThat(server.get("/livestream?search=0%25").data()).hasSize(1);
        assertThat(server.get("/livestream?search=0_").data()).isEmpty();
        assertThat(server.get("/livestream?search=").data()).hasSize(2);
    }

    @Test
    void aPassedDeadlineShowsAtOnceAndInTheFilter() {
        server.create("short", ",\"expiresIn\":60");
        server.create("long");
        clock.advance(Duration.ofSeconds(60));
        assertThat(texts(server.get("/livestream?status=TOKEN_EXPIRED").data(), "name"))
                .containsExactly("short");
        Answer ready = server.get("/livestream?status=READY_FOR_USE");
        assertThat(texts(ready.data(), "name")).containsExactly("long");
        assertThat(ready.json().at("/meta/pagination/total").asInt()).isEqualTo(1);
    }

    @Test
    void aNewTokenMakesAnExpiredLivestreamReadyAndNeverShortensTheDeadline() {
        String id = server.create("a", ",\"expiresIn\":60").required("id").asText();
        clock.advance(Duration.ofMinutes(2));
        Answer answer =
                server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id + "\",\"expiresIn\":7200}");
        assertThat(answer.status()).isEqualTo(201);
        JsonNode token = answer.data();
        assertThat(names(token))
                .containsExactly(
                        "livestreamId",
                        "streamKey",
                        "pushToken",
                        "expiresIn",
                        "expiresAt",
                        "rtmpServer",
                        "rmtpServer",
                        "streamKeyWithToken",
                        "streamKeyWithParams");
        assertThat(token.required("expiresIn").asLong()).isEqualTo(7200);
        assertThat(token.required("expiresAt").asText()).isEqualTo("2026-01-12T20:14:38.000Z");

        server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id + "\"}");
        JsonNode livestream = server.get("/livestream/" + id).data();
        assertThat(livestream.required("status").asText()).isEqualTo("READY_FOR_USE");
        assertThat(livestream.required("pushTokenExpiresAt").asText()).isEqualTo("2026-01-12T20:14:38.000Z");

        server.post(
                "/livestream/generate-push-token",
                "{\"livestreamId\":\"" + id + "\",\"expiresIn\":60,\"revokePrevious\":true}");
        assertThat(server.get("/livestream/" + id)
                        .data()
                        .required("pushTokenExpiresAt")
                        .asText())
                .isEqualTo("2026-01-12T18:15:38.000Z");
    }

    @Test
    void everybodyMayReadStreamInfoAndItGivesNothingAway() {
        JsonNode made = server.create("a", ",\"metadata\":{\"secret\":\"s\"}");
        Answer answer = server.send(server.request(
                "/livestreams/stream-info/" + made.required("streamKey").asText()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(names(answer.data()))
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "status",
                        "streamKey",
                        "hlsSources",
                        "hlsPaths",
                        "startedAt",
                        "endedAt",
                        "createdAt",
                        "rtmpServer",
                        "rmtpServer",
                        "previewPlayback",
                        "ingest");
        assertThat(answer.data().required("ingest")).hasToString("{\"connected\":false}");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    }

    @Test
    void availableMediaServersSayWhatRoomTheyHave() {
        Answer answer = server.get("/media-servers/available");
        assertThat(answer.json().required("meta").isEmpty()).isTrue();
        assertThat(answer.data()).hasSize(1);
        JsonNode local = answer.data().get(0);
        assertThat(names(local))
                .containsExactly(
                        "id", "name", "region", "status", "rtmpServer", "rmtpServer", "hlsBaseUrl", "capacity");
        assertThat(local.required("id").asText()).isEqualTo(server.mediaServerId());
        assertThat(local.required("status").asText()).isEqualTo("ONLINE");
        assertThat(local.required("capacity")).hasToString("{\"maxStreams\":200,\"activeStreams\":0}");
    }

    @Test
    void aMediaServerThatIsNotOnlineTakesNoNewLivestreams() {
        try (Database database = server.database()) {
            database.run(handle -> handle.execute("update media_server set status = 'DRAINING'"));
        }
        assertThat(server.get("/media-servers/available").data()).isEmpty();
        Answer answer = server.post("/livestream", server.createBody("a", ""));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/details/0/message").asText())
                .isEqualTo("mediaServerId must name a media server that is online");
    }

    @Test
    void anotherProjectSeesAndChangesNothing() {
        JsonNode made = server.create("mine", ",\"externalId\":\"e\"");
        String id = made.required("id").asText();
        UUID other = UUID.randomUUID();
        String key = server.makeProject(other, clock);
        List<Answer> refused = List.of(
                server.send(server.request("/livestream/" + id).header("ls-api-key", key)),
                server.send(server.request("/livestream/" + id)
                        .header("ls-api-key", key)
                        .DELETE()),
                server.send(server.json("/livestream/" + id, key, "")
                        .method("PATCH", BodyPublishers.ofString("{\"name\":\"theirs\"}"))),
                server.send(server.json("/livestream/" + id + "/end", key, "")),
                server.send(server.json("/livestream/generate-push-token", key, "{\"livestreamId\":\"" + id + "\"}")));
        assertThat(refused).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(404));
        assertThat(server.send(server.request("/livestream").header("ls-api-key", key))
                        .data())
                .isEmpty();
        Answer sameExternalId = server.send(server.json(
                "/livestream",
                key,
                server.createBody("theirs", ",\"externalId\":\"e\"").replace(server.projectId(), other.toString())));
        assertThat(sameExternalId.status()).isEqualTo(201);
        JsonNode unchanged = server.get("/livestream/" + id).data();
        assertThat(unchanged.required("name").asText()).isEqualTo("mine");
        assertThat(unchanged.required("pushTokenExpiresAt")).isEqualTo(made.required("pushTokenExpiresAt"));
        assertThat(server.get("/livestream").data()).hasSize(1);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.required(field).asText()));
        return texts;
    }

    private static String[] concat(String[] left, String[] right) {
        List<String> all = new ArrayList<>(List.of(left));
        all.addAll(List.of(right));
        return all.toArray(String[]::new);
    }
}
