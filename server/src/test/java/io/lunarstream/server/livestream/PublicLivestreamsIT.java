package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.DatabaseUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stream-info, the preview page and players are told comes from memory, and is never behind the API.
class PublicLivestreamsIT {
    private final MutableClock clock = new MutableClock();
    private final TestServer server;
    private final JsonNode livestream;

    PublicLivestreamsIT(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
        livestream = server.create("first", ",\"expiresIn\":60");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatIsAskedOftenIsAnsweredWithoutTheDatabase() {
        List<Function<TestServer, Answer>> questions = List.of(
                asked -> info(), asked -> page("preview-playback"), asked -> get("//hls/" + key() + "/master.m3u8"));
        List<String> answers =
                questions.stream().map(ask -> body(ask.apply(server))).toList();
        behindTheServersBack("update livestream set name = 'second', status = 'ENDED'");
        assertThat(questions.stream().map(ask -> body(ask.apply(server)))).isEqualTo(answers);
        assertThat(answers.getFirst()).contains("\"name\":\"first\"");
    }

    @Test
    void aChangeByAnotherNodeShowsSoon() {
        info();
        behindTheServersBack("update livestream set name = 'second'");
        await().until(() -> {
            clock.advance(Duration.ofSeconds(6));
            return info().data().required("name").asText().equals("second");
        });
    }

    @Test
    void everyChangeThroughTheApiShowsAtOnce() {
        info();
        server.patch("/livestream/" + id(), "{\"name\":\"second\"}");
        assertThat(info().data().required("name").asText()).isEqualTo("second");
        clock.advance(Duration.ofSeconds(60));
        assertThat(info().data().required("status").asText()).isEqualTo("TOKEN_EXPIRED");
        server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id() + "\"}");
        assertThat(info().data().required("status").asText()).isEqualTo("READY_FOR_USE");
        server.delete("/livestream/" + id());
        assertThat(info().status()).isEqualTo(404);
        assertThat(page("preview-playback").status()).isEqualTo(404);
        assertThat(get("//hls/" + key() + "/master.m3u8")
                        .json()
                        .required("code")
                        .asText())
                .isEqualTo("STREAM_NOT_FOUND");
    }

    @Test
    void aDeadlineThatPassesShowsAtOnceThoughNothingIsRead() {
        info();
        behindTheServersBack("delete from push_token");
        behindTheServersBack("delete from livestream");
        clock.advance(Duration.ofMillis(59_081));
        assertThat(info().data().required("status").asText()).isEqualTo("READY_FOR_USE");
    }

    @Test
    void anOutageOfTheDatabaseIsNoneForThoseWhoWatchAlready() {
        Database database = server.database();
        PublicLivestreams inMemory = new PublicLivestreams(database, clock::instant, clock, _ -> {});
        assertThat(inMemory.find(key())).isPresent();
        database.close();
        assertThat(inMemory.find(key())).map(PublicLivestream::name).contains("first");
        clock.advance(Duration.ofSeconds(59));
        assertThat(inMemory.find(key())).isPresent();
        assertThatThrownBy(() -> inMemory.find("0".repeat(32))).isInstanceOf(DatabaseUnavailableException.class);
        assertThat(inMemory.find("no stream key")).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> inMemory.find(key())).isInstanceOf(DatabaseUnavailableException.class);
    }

    private void behindTheServersBack(String sql) {
        try (Database database = server.database()) {
            database.run(handle -> handle.execute(sql));
        }
    }

    private Answer info() {
        return page("stream-info");
    }

    private Answer page(String name) {
        return get("/livestreams/" + name + "/" + key());
    }

    private Answer get(String path) {
        return server.send(server.request(path).header("X-Request-Id", "same"));
    }

    private static String body(Answer answer) {
        return answer.status() + " " + answer.response().body();
    }

    private String id() {
        return livestream.required("id").asText();
    }

    private String key() {
        return livestream.required("streamKey").asText();
    }
}
