package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.http.PortTakenException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starting, stopping and starting again.
class BootstrapIT {

    @TempDir
    Path folder = Path.of("");

    @Test
    void aFirstStartWritesItsSecretsIntoFilesThatOnlyTheOwnerReads() throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            JsonNode credentials = TestClient.credentialsIn(folder);
            assertThat(credentials.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrder(
                            "apiUrl",
                            "rtmpUrl",
                            "managementUrl",
                            "projectId",
                            "apiKey",
                            "mediaServerId",
                            "adminEmail",
                            "adminPassword");
            assertThat(server.apiKey()).matches("ls_proj_v1_[A-Za-z0-9_-]{43}");
            assertThat(credentials.required("apiUrl").asText()).endsWith("/api/v1");
            assertThat(credentials.required("rtmpUrl").asText()).endsWith("/live");
            for (String file : List.of("credentials.json", "signing-keys.json", "access-token-key")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                        .isEqualTo("rw-------");
            }
            assertThat(server.server().report())
                    .contains(
                            server.apiKey(),
                            server.projectId(),
                            server.mediaServerId(),
                            server.adminEmail(),
                            server.adminPassword());
        }
    }

    @Test
    void aDataDirectoryThatAStartMakesIsItsOwnersAlone() throws IOException {
        Path made = folder.resolve("data");
        TestServer.start(made).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
    }

    @Test
    void noTwoInstallationsShareASecret(@TempDir Path another) throws IOException {
        TestServer.start(folder).close();
        TestServer.start(another).close();
        for (String secret : List.of("apiKey", "adminPassword")) {
            assertThat(TestClient.credentialsIn(folder).required(secret))
                    .isNotEqualTo(TestClient.credentialsIn(another).required(secret));
        }
        for (String file : List.of("signing-keys.json", "access-token-key")) {
            assertThat(Files.readAllBytes(folder.resolve(file)))
                    .isNotEqualTo(Files.readAllBytes(another.resolve(file)));
        }
    }

    @Test
    void aLaterStartKeepsTheSecretsAndRenewsTheAddresses() {
        JsonNode first;
        try (TestServer server = TestServer.start(folder)) {
            first = TestClient.credentialsIn(folder);
            server.create("kept");
        }
        try (TestServer server = TestServer.start(folder)) {
            JsonNode second = TestClient.credentialsIn(folder);
            for (String kept : List.of("projectId", "apiKey", "mediaServerId", "adminEmail", "adminPassword")) {
                assertThat(second.required(kept)).isEqualTo(first.required(kept));
            }
            assertThat(second.required("apiUrl")).isNotEqualTo(first.required("apiUrl"));
            assertThat(server.server().report())
                    .as("the password is printed once")
                    .doesNotContain(server.adminPassword());
            JsonNode livestream = server.get("/livestream").data().get(0);
            assertThat(livestream.required("name").asText()).isEqualTo("kept");
            assertThat(livestream.at("/hlsPaths/0").asText())
                    .startsWith(second.required("apiUrl").asText().replace("/api/v1", "/hls/"));
        }
    }

    @Test
    void theCredentialsFileIsNotNeededToStartButTheKeyIsNotShownAgain() throws IOException {
        String key;
        try (TestServer server = TestServer.start(folder)) {
            key = server.apiKey();
        }
        Files.delete(folder.resolve("credentials.json"));
        try (TestServer server = TestServer.start(folder)) {
            assertThat(TestClient.credentialsIn(folder).has("apiKey")).isFalse();
            assertThat(server.server().report()).contains("use the key noted at the first start");
            Answer answer = server.send(server.request("/livestream").header("ls-api-key", key));
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void aPortThatIsTakenIsOneLineWithTheOptionThatChangesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Map<String, String> environment = Map.of("LUNAR_MANAGEMENT_PORT", Integer.toString(taken.getLocalPort()));
            assertThatThrownBy(() -> TestServer.start(folder, new MutableClock(), environment))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContainingAll("--management-port", Integer.toString(taken.getLocalPort()))
                    .hasMessageNotContaining("\n");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aKilledProgramHasLostNothingThatItAcknowledged() throws Exception {
        Process first = startProgram();
        List<String> names = new ArrayList<>();
        TestClient client = new TestClient(folder);
        for (int i = 0; i < 20; i++) {
            names.add(client.create("kept" + i).required("name").asText());
        }
        first.destroyForcibly().waitFor();
        Process second = startProgram();
        List<String> found = new ArrayList<>();
        new TestClient(folder)
                .get("/livestream?limit=100")
                .data()
                .forEach(livestream -> found.add(livestream.required("name").asText()));
        assertThat(found).containsExactlyInAnyOrderElementsOf(names);
        second.destroy();
        assertThat(second.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /// The program in a process of its own, ready.
    private Process startProgram() throws IOException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "up",
                        "--data-dir=" + folder,
                        "--http-port=0",
                        "--rtmp-port=0",
                        "--management-port=0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = program.inputReader();
        String line = output.readLine();
        while (line != null && !line.equals("ready")) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo("ready");
        return program;
    }
}
