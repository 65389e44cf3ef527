package io.lunarstream.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.auth.ApiKey;
import io.lunarstream.server.auth.ApiKeyRepository;
import io.lunarstream.server.database.DatabaseLocation.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An update needs no empty folder: every version of the tables is brought up to date with what is in it.
class MigrationsIT {
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    private static final int FIRST_WITH_COUNTS = 11;

    private final UUID project = UUID.randomUUID();
    private final ApiKey key = ApiKey.generate(new SecureRandom());

    @TempDir
    Path folder = Path.of("");

    static IntStream versions() throws IOException {
        try (Stream<Path> migrations = Files.list(MIGRATIONS)) {
            return IntStream.of(migrations
                    .map(file -> file.getFileName().toString())
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aFolderOfAnEarlierVersionIsTakenOver(int version) {
        String file = "jdbc:sqlite:" + folder.resolve("lunar.db");
        Flyway.configure()
                .dataSource(file, null, null)
                .target(Integer.toString(version))
                .load()
                .migrate();
        Jdbi.create(file).useTransaction(version < FIRST_WITH_COUNTS ? this::fill : this::fillAndCount);
        try (TestServer server = TestServer.start(folder, new MutableClock(), Map.of())) {
            assertThat(server.projectId()).isEqualTo(project.toString());
            Answer list = server.send(server.request("/livestream").header("ls-api-key", key.secretText()));
            assertThat(list.data())
                    .singleElement()
                    .extracting(livestream -> livestream.required("name").asText())
                    .isEqualTo("kept");
            assertThat(list.json().at("/meta/pagination/total").asInt()).isOne();
        }
    }

    @Test
    void everyTableIsPartOfAnExportUnlessItIsOfTheMoment() {
        try (Database database = Database.open(SqliteFile.in(folder))) {
            List<String> tables = database.read(handle -> handle.createQuery(
                            "select name from sqlite_master where type = 'table' and name not like 'flyway%'")
                    .mapTo(String.class)
                    .list());
            assertThat(tables)
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(ArchiveFormat.TABLES.stream(), ArchiveFormat.LEFT_OUT.stream())
                                    .toList());
        }
    }

    /// A connection from before the migrations would not know the index that the statement needs.
    @RepeatedTest(10)
    void everyConnectionOfAFirstStartKnowsAllTables() {
        try (Database database = Database.open(SqliteFile.in(folder))) {
            assertThat(onConnections(database, 4)).isEqualTo(4);
        }
    }

    /// Plans a statement on so many connections at a time.
    private static int onConnections(Database database, int connections) {
        return database.read(handle -> {
            handle.createQuery("explain insert into project (id, name, created_at) values (1, 'a', 1)"
                            + " on conflict (name) do nothing")
                    .mapToMap()
                    .list();
            return connections == 1 ? 1 : 1 + onConnections(database, connections - 1);
        });
    }

    private void fillAndCount(Handle handle) {
        fill(handle);
        handle.execute(
                "insert into livestream_count (project_id, status, livestreams) values (?, 'READY_FOR_USE', 1)",
                project);
    }

    /// What the first version could hold.
    private void fill(Handle handle) {
        Instant now = new MutableClock().instant();
        UUID mediaServer = UUID.randomUUID();
        handle.execute("insert into project (id, name, created_at) values (?, 'default', ?)", project, now);
        new ApiKeyRepository().insert(handle, UUID.randomUUID(), project, "first", key, now);
        handle.createUpdate("""
                        insert into media_server
                            (id, name, region, status, rtmp_server, hls_base_url, max_streams, created_at)
                        values (:id, 'local', 'local', 'ONLINE', 'rtmp://a.example/live', 'http://a.example', 5, :now)
                        """).bind("id", mediaServer).bind("now", now).execute();
        handle.createUpdate("""
                        insert into livestream (id, project_id, media_server_id, name, name_folded, metadata, status,
                            stream_key, push_token_expires_at, created_at, updated_at)
                        values (:id, :project, :mediaServer, 'kept', 'kept', '{}', 'READY_FOR_USE',
                            '0123456789abcdef0123456789abcdef', :now, :now, :now)""")
                .bind("id", UUID.randomUUID())
                .bind("project", project)
                .bind("mediaServer", mediaServer)
                .bind("now", now)
                .execute();
    }
}
