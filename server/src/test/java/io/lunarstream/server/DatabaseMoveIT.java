package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.command.DatabaseTask;
import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.config.Configuration;
import io.lunarstream.server.config.Settings;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.DatabaseLocation.PostgresDatabase;
import io.lunarstream.server.livestream.ToldBroadcasts;
import io.lunarstream.server.mediaserver.MediaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An installation moves from SQLite to PostgreSQL and back: whoever asks the API before and after gets the same.
class DatabaseMoveIT {
    private static final List<String> QUESTIONS = List.of(
            "/livestream?limit=100",
            "/livestream?status=READY_FOR_USE",
            "/livestream?status=ENDED",
            "/livestream?search=%C3%A4&limit=100",
            "/media-servers/available");

    private static final List<String> ADMIN_QUESTIONS =
            List.of("/admin/projects", "/admin/media-servers", "/admin/audit?action=livestream.delete");

    private final MutableClock clock = new MutableClock();
    private final Path folder;
    private final Path file;
    private final Map<String, String> sqlite;
    private final Map<String, String> postgres;

    DatabaseMoveIT(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("export.zip");
        sqlite = Map.of("LUNAR_DATA_DIR", folder.toString());
        PostgresDatabase database = TestPostgres.shared().database(folder);
        Map<String, String> there = new HashMap<>(TestPostgres.environment(database));
        there.putAll(sqlite);
        postgres = there;
    }

    @Test
    void theApiAnswersTheSameAfterAMoveAndAfterTheWayBack() throws IOException {
        List<String> before;
        try (TestServer server = TestServer.start(folder, clock, Map.of())) {
            fill(server);
            before = answers(server);
        }
        String done = work(new DatabaseTask.Export(List.of(), file), sqlite);
        assertThat(done).contains(" rows of " + folder.resolve("lunar.db"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        work(new DatabaseTask.Import(List.of(), file), postgres);
        assertThat(fences(postgres)).isEqualTo(fences(sqlite)).contains(1L);
        try (TestServer server = TestServer.start(folder, clock, postgres)) {
            assertThat(answers(server)).isEqualTo(before);
        }
        Files.delete(folder.resolve("lunar.db"));
        Path back = folder.resolve("back.zip");
        work(new DatabaseTask.Export(List.of(), back), postgres);
        work(new DatabaseTask.Import(List.of(), back), sqlite);
        try (TestServer server = TestServer.start(folder, clock, Map.of())) {
            assertThat(answers(server)).isEqualTo(before);
        }
    }

    @Test
    void encryptedSecretsMoveWithAllElse(@TempDir Path otherMachine) throws IOException {
        Map<String, String> key = Map.of("LUNAR_SECRETS_KEY", "bm90LWEtc2VjcmV0LW5vdC1hLXNlY3JldC1ub3QtYSE=");
        String published;
        try (TestServer server = TestServer.start(folder, clock, key)) {
            published = signingKeys(server);
        }
        work(new DatabaseTask.Export(List.of(), file), sqlite);
        work(new DatabaseTask.Import(List.of(), file), postgres);
        Map<String, String> there = new HashMap<>(postgres);
        there.put("LUNAR_DATA_DIR", otherMachine.toString());
        assertThatThrownBy(() -> TestServer.start(otherMachine, clock, there))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("secrets.key: none is set");
        there.putAll(key);
        try (TestServer server = TestServer.start(otherMachine, clock, there)) {
            assertThat(signingKeys(server)).isEqualTo(published);
        }
    }

    private static String signingKeys(TestServer server) {
        return server.send(server.request("//.well-known/jwks.json")).response().body();
    }

    @Test
    void whatCannotBeMovedIsToldAndChangesNothing() throws IOException {
        assertRefused(new DatabaseTask.Export(List.of(), file), sqlite, "no installation in " + folder);
        try (TestServer server = TestServer.start(folder, clock, Map.of())) {
            server.create("a");
        }
        work(new DatabaseTask.Export(List.of(), file), sqlite);
        assertRefused(new DatabaseTask.Export(List.of(), file), sqlite, "is there already");
        assertRefused(new DatabaseTask.Import(List.of(), file), sqlite, "the database is not empty");
        Path half = folder.resolve("half.zip");
        byte[] whole = Files.readAllBytes(file);
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));
        assertRefused(new DatabaseTask.Import(List.of(), half), postgres, "is no whole export of a database");
        assertThat(work(new DatabaseTask.Import(List.of(), file), postgres)).contains(" rows of " + file);
    }

    private void assertRefused(DatabaseTask task, Map<String, String> environment, String words) {
        assertThatThrownBy(() -> work(task, environment))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(words);
    }

    private static String work(DatabaseTask task, Map<String, String> environment) {
        Settings settings = Configuration.read(List.of(), environment).settings();
        return DatabaseWork.carryOut(task, settings);
    }

    /// A bit of everything that the API can make.
    private void fill(TestServer server) {
        server.makeProject(UUID.randomUUID(), clock);
        String moved = "{\"mediaServerId\":\"" + server.makeMediaServer("other", MediaServer.Kind.LUNAR) + "\"}";
        JsonNode livestream =
                server.create("ä \\u0001 \\\" \\n\uD83C\uDF19", ",\"externalId\":\"x\",\"metadata\":{\"a\":\"b\"}");
        server.patch("/livestream/" + livestream.required("id").asText(), moved);
        String deleted = server.create("deleted").required("id").asText();
        server.delete("/livestream/" + deleted);
        UUID ended = UUID.fromString(server.create("ended").required("id").asText());
        try (ToldBroadcasts media = new ToldBroadcasts(server, clock)) {
            media.playable(ended, clock.instant());
        }
        clock.advance(Duration.ofMillis(1234));
        server.end(ended.toString());
    }

    /// Only media nodes are told of them.
    private static List<Long> fences(Map<String, String> environment) {
        Settings settings = Configuration.read(List.of(), environment).settings();
        try (Database database = Database.open(settings.database())) {
            return database.read(handle -> handle.createQuery("select fence from livestream order by id")
                    .mapTo(Long.class)
                    .list());
        }
    }

    private static List<String> answers(TestServer server) {
        return Stream.concat(
                        QUESTIONS.stream().map(server::get),
                        ADMIN_QUESTIONS.stream().map(server::adminGet))
                .map(answer -> answer.status() + " " + answer.json())
                // Each start takes other free ports.
                .map(answer -> answer.replaceAll("localhost:[0-9]+", "localhost"))
                .toList();
    }
}
