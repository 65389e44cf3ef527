package io.lunarstream.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.command.Shell.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The operator's commands on the server's own machine, where nobody has to log in.
class AdminCommandsIT {
    /// Nothing listens there.
    private static final String NOBODY = "http://127.0.0.1:1/hls";

    private final TestServer server;
    private final Shell shell;

    AdminCommandsIT(@TempDir Path folder) {
        MutableClock clock = new MutableClock();
        server = TestServer.start(folder.resolve("data"), clock, Map.of("LUNAR_CDNS", "near=" + NOBODY));
        shell = new Shell(folder, clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aProjectIsMadeAndListed() {
        Run created = shell.ok("project", "create", "Second");
        assertThat(created.out()).containsPattern("Name +Second\n").containsPattern("Created +2026-01-12 19:12:38\n");
        assertThat(created.err()).contains("./lunar api-key create NAME --project ID");
        assertThat(shell.ok("project", "list").out()).contains("ID  ", "Second\n", server.projectId());
        assertThat(shell.ok("project", "list", "--json").json())
                .isEqualTo(server.adminGet("/admin/projects").data());
        Run again = shell.run("project", "create", "Second");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("status 409");
    }

    @Test
    void anApiKeyIsShownOnceWorksAndStopsWorkingWhenItIsRevoked() {
        String project = shell.ok("project", "create", "Second", "--json")
                .json()
                .required("id")
                .asText();
        Run created = shell.ok("api-key", "create", "backend", "--project", project);
        String key = created.out().replaceAll("(?s).*API key +(\\S+).*", "$1");
        assertThat(key).matches("ls_proj_v1_[A-Za-z0-9_-]{43}");
        assertThat(created.err()).isEqualTo("The API key is not shown again: keep it now.\n");
        shell.with("LUNAR_API_KEY", key).ok("livestream", "list");

        JsonNode keys =
                shell.ok("api-key", "list", "--project", project, "--json").json();
        assertThat(keys).hasSize(1);
        String id = keys.get(0).required("id").asText();
        assertThat(shell.ok("api-key", "list", "--project", project).out())
                .contains("backend", id)
                .doesNotContain(key);
        assertThat(shell.ok("api-key", "revoke", id, "--project", project).out())
                .isEqualTo("Revoked API key \"backend\" (" + id + ").\n");
        assertThat(shell.run("livestream", "list").code()).isEqualTo(4);
    }

    @Test
    void keysAreThoseOfTheServersFirstProjectUnlessAnotherIsNamed() {
        assertThat(shell.ok("api-key", "list", "--json").json())
                .extracting(key -> key.required("name").asText())
                .containsExactly("first");
    }

    @Test
    void aMediaServerIsAddedDrainedResumedAndRemoved() {
        Run added = shell.ok(
                "media-server",
                "add",
                "edge-1",
                "--region=eu",
                "--kind=srs",
                "--rtmp-server=rtmp://edge-1.example/live",
                "--hls-base-url=https://edge-1.example/hls",
                "--max-streams=5");
        String id = added.out().replaceAll("(?s).*Id +(\\S+).*", "$1");
        assertThat(added.out()).containsPattern("Secret +\\S{20,}\n");
        assertThat(added.err()).startsWith("The secret is not shown again");
        assertThat(shell.ok("media-server", "list").out())
                .containsPattern(id + "  ONLINE  0/5 +- +- +- +srs +edge-1 in eu\n")
                .contains("local in local");
        assertThat(shell.ok("media-server", "drain", id).out())
                .isEqualTo("Media server \"edge-1\" (" + id + ") takes no new livestreams.\n");
        assertThat(shell.ok("media-server", "list").out()).containsPattern(id + "  DRAINING ");
        assertThat(shell.ok("media-server", "resume", id, "--json").json().required("status"))
                .hasToString("\"ONLINE\"");
        shell.ok("media-server", "remove", id);
        assertThat(shell.ok("media-server", "list").out()).doesNotContain(id);
        Run gone = shell.run("media-server", "drain", id);
        assertThat(gone.code()).isEqualTo(1);
        assertThat(gone.err()).contains("Media server not found", "./lunar media-server list shows");
    }

    @Test
    void cdnsAreListedWithWhatIsWrong() {
        await("a look at the CDN")
                .atMost(Duration.ofSeconds(20))
                .until(() -> !shell.ok("cdn", "list").out().contains("UNKNOWN"));
        assertThat(shell.ok("cdn", "list").out()).containsPattern("near  DOWN +- +- +connection refused\n");
        assertThat(shell.ok("cdn", "list", "--json").json().get(0).required("url"))
                .hasToString("\"" + NOBODY + "\"");
    }

    @Test
    void whatWasDoneCanBeReadAndFiltered() {
        String project = shell.ok("project", "create", "Second", "--json")
                .json()
                .required("id")
                .asText();
        shell.ok("api-key", "create", "backend", "--project", project);
        assertThat(shell.ok("audit", "list").out())
                .startsWith("WHEN  ")
                .containsPattern(
                        "2026-01-12 19:12  project.create +admin@localhost +127.0.0.1 +project " + project + "\n");
        assertThat(shell.ok("audit", "list", "--project", project, "--json").json())
                .extracting(entry -> entry.required("action").asText())
                .contains("api_key.create");
        assertThat(shell.ok("audit", "list", "--action=account.login", "--limit=1", "--json")
                        .json())
                .hasSize(1);
        assertThat(shell.ok("audit", "list", "--resource", project).out()).contains("project.create");
        assertThat(shell.ok("audit", "list", "--actor", UUID.randomUUID().toString())
                        .err())
                .isEqualTo("There are none.\n");
    }

    @Test
    void aProjectThatIsNotThereIsARefusal() {
        Run run = shell.run("api-key", "list", "--project", UUID.randomUUID().toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("status 404");
    }
}
