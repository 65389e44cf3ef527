package io.lunarstream.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.command.Shell.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which server a command speaks with, with which secrets, and what it says when that does not work.
class TargetIT {
    private final List<Map<String, List<String>>> received = new CopyOnWriteArrayList<>();
    private String answer = "{\"data\":[],\"meta\":{}}";
    private HttpServer other;
    private Shell shell;

    @TempDir
    private Path folder = Path.of("");

    TargetIT() throws IOException {
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void startAnother() {
        shell = new Shell(folder, new MutableClock());
        other.createContext("/", this::answer);
        other.start();
    }

    @AfterEach
    void stop() {
        other.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(Map.copyOf(exchange.getRequestHeaders()));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(answer.isEmpty() ? 302 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String address() {
        return "http://127.0.0.1:" + other.getAddress().getPort() + "/api/v1";
    }

    @Test
    void withoutAnyServerItSaysHowToNameOne() {
        Run run = shell.run("livestream", "list");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("lunar: no server is known here: there is no " + folder + "/data/credentials.json\n")
                .contains("./lunar up", "--data-dir DIR", "--url https://HOST/api/v1", "LUNAR_API_URL");
    }

    @Test
    void theServerOfThisMachineIsFoundByItsDataDirectory() {
        try (TestServer server = TestServer.start(folder.resolve("elsewhere"))) {
            server.create("found");
            String directory = folder.resolve("elsewhere").toString();
            assertThat(shell.ok("livestream", "list", "--data-dir", directory).out())
                    .contains("found");
            shell.with("LUNAR_DATA_DIR", directory);
            assertThat(shell.ok("livestream", "list").out()).contains("found");
        }
    }

    @Test
    void anOptionBeatsTheEnvironmentWhichBeatsTheDataDirectory() {
        try (TestServer server = TestServer.start(folder.resolve("data"))) {
            server.create("local");
            shell.with("LUNAR_API_URL", address()).with("LUNAR_API_KEY", server.apiKey());
            assertThat(shell.ok("livestream", "list").out()).isEmpty();
            assertThat(shell.ok("livestream", "list", "--data-dir=data").out()).contains("local");
            shell.with("LUNAR_API_URL", "http://127.0.0.1:1");
            assertThat(shell.ok("livestream", "list", "--url", address()).out()).isEmpty();
            assertThat(received).hasSize(2);
        }
    }

    @Test
    void theSecretsOfThisMachineGoNowhereElse() {
        try (TestServer server = TestServer.start(folder.resolve("data"))) {
            for (String command : List.of("livestream", "project", "media-server")) {
                Run run = shell.run(command, "list", "--url", address());
                assertThat(run.code()).isEqualTo(4);
                assertThat(run.out() + run.err()).contains(address()).doesNotContain(server.apiKey());
            }
            assertThat(received).isEmpty();
        }
    }

    @Test
    void theKeyComesFromAFileOrTheEnvironment() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "from-file\n");
        shell.with("LUNAR_API_URL", address()).with("LUNAR_API_KEY", "from-environment");
        shell.ok("livestream", "list");
        shell.ok("livestream", "list", "--api-key-file=key");
        assertThat(received)
                .extracting(headers -> headers.get("Ls-api-key"))
                .containsExactly(List.of("from-environment"), List.of("from-file"));
        Files.writeString(file, "two words");
        assertThat(shell.run("livestream", "list", "--api-key-file=key").err())
                .isEqualTo("lunar: key does not hold an API key\n");
        assertThat(shell.run("livestream", "list", "--api-key-file=nokey").err())
                .isEqualTo("lunar: nokey is not there\n");
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsNotAuthenticated() {
        try (TestServer _ = TestServer.start(folder.resolve("data"))) {
            Run run = shell.with("LUNAR_API_KEY", "ls_proj_v1_wrong").run("livestream", "list");
            assertThat(run.code()).isEqualTo(4);
            assertThat(run.err()).contains("Invalid API Key", "INVALID_API_KEY", "--api-key-file");
        }
    }

    @Test
    void aServerThatIsNotThereIsNotReachable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        shell.with("LUNAR_API_KEY", "key");
        Run refused = shell.run("livestream", "list", "--url=http://127.0.0.1:" + port);
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err())
                .isEqualTo("lunar: http://127.0.0.1:" + port
                        + "/api/v1 cannot be reached: connection refused; is the server running?\n");
        Run unknown = shell.run("livestream", "list", "--url=http://no-such-host.invalid/api/v1");
        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.err()).contains("its host name is unknown");
    }

    @Test
    void whatIsNotTheApiIsNotBelievedAndARedirectIsNotFollowed() {
        shell.with("LUNAR_API_KEY", "key");
        for (String body : List.of("<html>", "[]", "{}", "{\"data\":", "")) {
            answer = body;
            Run run = shell.run("livestream", "list", "--url", address());
            assertThat(run.code()).as(body).isEqualTo(3);
            assertThat(run.err()).contains("but not as the API does; is the address right?");
        }
        assertThat(received).hasSize(5);
    }

    @Test
    void anAddressThatIsNoneIsRefusedWithoutRepeatingIt() {
        for (String url :
                List.of("host", "ftp://host", "http://user:secret@host", "http://host/?a=b", "http:// host")) {
            Run run = shell.run("livestream", "list", "--url", url);
            assertThat(run.code()).as(url).isEqualTo(2);
            assertThat(run.err()).isEqualTo("lunar: --url is not an address like https://HOST/api/v1\n");
        }
    }

    @Test
    void aDamagedCredentialsFileIsNamed() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data/credentials.json"), "{\"apiUrl\":");
        Run run = shell.run("livestream", "list");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("credentials.json is damaged; restart the server");
    }
}
