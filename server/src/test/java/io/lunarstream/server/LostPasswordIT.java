package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.server.LostPassword.Done;
import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.database.DatabaseLocation.PostgresDatabase;
import io.lunarstream.server.database.DatabaseLocation.SqliteFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Setting a lost password beside a running service.
class LostPasswordIT {
    private final MutableClock clock = new MutableClock();

    @TempDir
    Path folder = Path.of("");

    @Test
    void aGeneratedPasswordReplacesTheOldOneEverywhere() {
        try (TestServer server = TestServer.start(folder, clock, Map.of())) {
            String old = server.adminPassword();
            String refreshToken =
                    login(server, old).data().required("refreshToken").asText();

            Done done =
                    LostPassword.set(folder, TestDatabases.location(folder), Optional.empty(), Optional.empty(), clock);

            assertThat(done.email()).isEqualTo("admin@localhost");
            String generated = done.generated().orElseThrow();
            assertThat(login(server, old).status()).isEqualTo(401);
            assertThat(login(server, generated).status()).isEqualTo(200);
            assertThat(TestClient.credentialsIn(folder)
                            .required("adminPassword")
                            .asText())
                    .isEqualTo(generated);
            assertThat(post(server, "/auth/refresh", "{\"refreshToken\":\"%s\"}".formatted(refreshToken))
                            .status())
                    .as("sessions end")
                    .isEqualTo(401);
        }
    }

    @Test
    void aChosenPasswordIsInNoFile() {
        try (TestServer server = TestServer.start(folder, clock, Map.of())) {
            LostPassword.set(
                    folder,
                    TestDatabases.location(folder),
                    Optional.of("Admin@localhost"),
                    Optional.of("chosen by a person"),
                    clock);
            assertThat(login(server, "chosen by a person").status()).isEqualTo(200);
            assertThat(TestClient.credentialsIn(folder).has("adminPassword")).isFalse();
        }
    }

    @Test
    void whatCannotBeDoneIsToldAndChangesNothing() {
        assertThatThrownBy(() ->
                        LostPassword.set(folder, SqliteFile.in(folder), Optional.empty(), Optional.empty(), clock))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no installation in");
        assertThat(folder).as("nothing is made").isEmptyDirectory();
        PostgresDatabase away =
                new PostgresDatabase("jdbc:postgresql://127.0.0.1:1/x", Optional.of("x"), Optional.empty());
        assertThatThrownBy(() -> LostPassword.set(folder, away, Optional.of("x@y"), Optional.empty(), clock))
                .hasMessage("The database is not available: Connection refused");
        try (TestServer server = TestServer.start(folder, clock, Map.of())) {
            assertThatThrownBy(() -> LostPassword.set(
                            folder, TestDatabases.location(folder), Optional.of("x@y"), Optional.empty(), clock))
                    .hasMessage("there is no account of \"x@y\"");
            assertThatThrownBy(() -> LostPassword.set(
                            folder, TestDatabases.location(folder), Optional.empty(), Optional.of("short"), clock))
                    .hasMessage("the password must have at least 15 characters");
            assertThat(login(server, server.adminPassword()).status()).isEqualTo(200);
        }
    }

    private static Answer login(TestServer server, String password) {
        return post(server, "/auth/login", "{\"email\":\"admin@localhost\",\"password\":\"%s\"}".formatted(password));
    }

    private static Answer post(TestServer server, String path, String json) {
        return server.send(
                server.request(path).header("content-type", "application/json").POST(BodyPublishers.ofString(json)));
    }
}
