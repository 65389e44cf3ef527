package io.lunarstream.server.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestDatabases;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.mediaserver.MediaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server of one machine is given `secrets.key`: what it has signed stays good, wherever the move was cut off.
class MovedSecretsIT {
    /// In the order in which a start moves them.
    private static final List<String> NAMES = List.of("access-token-key", "signing-keys.json", "opaque-token-key");

    private static final Map<String, String> KEY =
            Map.of("LUNAR_SECRETS_KEY", "bm90LWEtc2VjcmV0LW5vdC1hLXNlY3JldC1ub3QtYSE=");

    private final MutableClock clock = new MutableClock();
    private final Path folder;
    private final Map<String, byte[]> files = new HashMap<>();
    private final UUID nginx;
    private final String accessToken;
    private final List<String> pushTokens;

    MovedSecretsIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        try (TestServer server = TestServer.start(folder, clock, Map.of())) {
            nginx = server.makeMediaServer("nginx", MediaServer.Kind.NGINX_RTMP);
            accessToken = server.accessToken();
            pushTokens = pushTokens(server);
        }
        for (String name : NAMES) {
            files.put(name, Files.readAllBytes(folder.resolve(name)));
        }
    }

    /// A signed and an opaque one. Whoever asks again gets the same ones, if he has the same keys.
    private List<String> pushTokens(TestServer server) {
        String signed = server.createBody("a", "");
        String opaque = signed.replace(server.mediaServerId(), nginx.toString());
        return Stream.of(signed, opaque)
                .map(body -> server.send(server.json("/livestream", server.apiKey(), body)
                                .header("Idempotency-Key", body.equals(signed) ? "signed" : "opaque"))
                        .data()
                        .required("pushToken")
                        .asText())
                .toList();
    }

    @Test
    void aMoveThatWasKilledAnywhereIsGoneOnWith() throws IOException {
        startAndCheck();
        for (int moved = 0; moved < NAMES.size(); moved++) {
            cutOff(moved, /* isCommitted= */ false);
            startAndCheck();
            cutOff(moved, /* isCommitted= */ true);
            startAndCheck();
        }
    }

    /// Makes what a start leaves that is killed.
    ///
    /// @param moved how many it has moved
    /// @param isCommitted whether the next one is in the database by then, and still in its file
    private void cutOff(int moved, boolean isCommitted) throws IOException {
        for (String name : NAMES.subList(moved, NAMES.size())) {
            Files.write(folder.resolve(name), files.get(name));
        }
        List<String> missing = NAMES.subList(moved + (isCommitted ? 1 : 0), NAMES.size());
        try (Database database = Database.open(TestDatabases.location(folder))) {
            missing.forEach(name -> database.run(handle -> handle.execute("delete from secret where name = ?", name)));
        }
    }

    private void startAndCheck() {
        try (TestServer server = TestServer.start(folder, clock, KEY)) {
            assertThat(server.send(server.request("/admin/projects").header("authorization", "Bearer " + accessToken))
                            .status())
                    .isEqualTo(200);
            assertThat(pushTokens(server)).isEqualTo(pushTokens);
        }
        NAMES.forEach(name -> assertThat(folder.resolve(name)).doesNotExist());
    }
}
