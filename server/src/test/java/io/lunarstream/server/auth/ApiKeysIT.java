package io.lunarstream.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestDatabases;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of an API key in the database.
class ApiKeysIT {
    private final Path folder;
    private final MutableClock clock = new MutableClock();
    private final TestServer server;
    private final Database database;

    ApiKeysIT(@TempDir Path folder) {
        this.folder = folder;
        server = TestServer.start(folder, clock, Map.of());
        database = server.database();
    }

    @AfterEach
    void stop() {
        database.close();
        server.close();
    }

    @Test
    void aRevokedKeyStopsWorkingAtOnce() {
        assertThat(server.get("/livestream").status()).isEqualTo(200);
        database.run(handle -> handle.createUpdate("update api_key set revoked_at = :now")
                .bind("now", clock.instant())
                .execute());
        assertThat(server.get("/livestream").status()).isEqualTo(401);
    }

    @Test
    void theKeyItselfIsNotInTheDatabase() throws Exception {
        String secret = server.apiKey().substring("ls_proj_v1_".length() + 4);
        assertThat(TestDatabases.contents(folder))
                .contains(server.apiKey().substring(0, 15))
                .doesNotContain(secret);
    }

    @Test
    void theLastUseIsKnownToTheMinute() {
        assertThat(lastUse()).isEmpty();
        Instant first = clock.instant();
        server.get("/livestream");
        await().until(() -> lastUse().equals(Optional.of(first)));
        clock.advance(Duration.ofSeconds(59));
        server.get("/livestream");
        clock.advance(Duration.ofSeconds(1));
        Instant second = clock.instant();
        server.get("/livestream");
        await().until(() -> lastUse().equals(Optional.of(second)));
    }

    private Optional<Instant> lastUse() {
        return database.read(handle -> handle.createQuery("select last_used_at from api_key")
                .map((results, context) -> new Row(results).optionalInstant("last_used_at"))
                .one());
    }
}
