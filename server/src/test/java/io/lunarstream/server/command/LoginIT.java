package io.lunarstream.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.command.Shell.Run;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `login`, `logout`, and what lies between them, from another machine than the server's.
class LoginIT {
    private static final Duration ACCESS_TOKEN = Duration.ofMinutes(15);
    private static final Duration REFRESH_TOKEN = Duration.ofDays(30);

    private final MutableClock clock = new MutableClock();
    private final TestServer server;
    private final Path folder;
    private final Shell shell;
    private final String url;

    LoginIT(@TempDir Path folder) {
        this.folder = folder;
        server = TestServer.start(folder.resolve("of-the-server"), clock, Map.of());
        url = server.request("").build().uri().toString();
        shell = new Shell(folder, clock).knowing(server.adminPassword());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Run login() {
        return shell.ok("login", "--url", url, "--email", server.adminEmail());
    }

    private JsonNode stored() throws IOException {
        return Answer.parse(Files.readString(shell.logins())).required("logins").required(url);
    }

    @Test
    void aLoginIsRememberedInAFileThatOnlyTheOwnerReads() throws IOException {
        assertThat(login().out()).isEqualTo("Logged in at " + url + " as " + server.adminEmail() + ".\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shell.logins())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(shell.logins())).doesNotContain(server.adminPassword());
        assertThat(shell.ok("project", "list").out()).contains(server.projectId());
        assertThat(shell.ok("project", "list", "--url", url).out()).contains(server.projectId());
    }

    @Test
    void thePasswordMayComeFromStandardInput() {
        Shell script = new Shell(folder, clock).piping(server.adminPassword() + "\nmore\n");
        String[] command = {"login", "--url", url, "--email", server.adminEmail()};
        Run unable = script.run(command);
        assertThat(unable.code()).isEqualTo(2);
        assertThat(unable.err()).contains("--password-stdin");
        script.ok("login", "--url", url, "--email", server.adminEmail(), "--password-stdin");
        script.ok("project", "list");
        Run tooLong = script.piping("x".repeat(5_000)).run("login", "--url", url, "--email=a@b", "--password-stdin");
        assertThat(tooLong.code()).isEqualTo(2);
        assertThat(tooLong.err()).contains("too long");
    }

    @Test
    void aWrongPasswordIsNotAuthenticatedAndKeepsTheEarlierLogin() {
        login();
        Run wrong = shell.knowing("wrong").run("login", "--url", url, "--email", server.adminEmail());
        assertThat(wrong.code()).isEqualTo(4);
        assertThat(wrong.err()).contains("INVALID_CREDENTIALS", "Check the e-mail address and the password.");
        shell.ok("project", "list");
    }

    @Test
    void withoutALoginItSaysHowToLogIn() {
        Run run = shell.run("project", "list", "--url", url);
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).isEqualTo("lunar: not logged in at " + url + "\nLog in: ./lunar login --email EMAIL\n");
    }

    @Test
    void aTokenThatHasRunOutIsRefreshedAndTheNewOnesAreKept() throws IOException {
        login();
        JsonNode first = stored();
        clock.advance(ACCESS_TOKEN);
        shell.ok("project", "list");
        JsonNode second = stored();
        assertThat(second.required("refreshToken")).isNotEqualTo(first.required("refreshToken"));
        assertThat(Instant.parse(second.required("accessTokenExpiresAt").asText()))
                .isEqualTo(clock.instant().plus(ACCESS_TOKEN));
        shell.ok("project", "list");
        assertThat(stored()).isEqualTo(second);
        clock.advance(ACCESS_TOKEN);
        shell.ok("project", "list");
    }

    @Test
    void aTokenThatTheServerNoLongerAcceptsIsRefreshedWhateverTheClockHereSays() throws IOException {
        login();
        MutableClock slow = new MutableClock();
        clock.advance(ACCESS_TOKEN);
        new Shell(folder, slow).ok("project", "list");
        assertThat(Instant.parse(stored().required("accessTokenExpiresAt").asText()))
                .isEqualTo(slow.instant().plus(ACCESS_TOKEN));
    }

    @Test
    void aLoginThatHasEndedIsForgotten() {
        login();
        clock.advance(REFRESH_TOKEN.plusSeconds(1));
        Run ended = shell.run("project", "list");
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err())
                .isEqualTo("lunar: the login has ended at " + url + "\nLog in: ./lunar login --email EMAIL\n");
        assertThat(shell.run("project", "list", "--url", url).err()).contains("not logged in at " + url);
    }

    @Test
    void commandsAtTheSameTimeRefreshOnceAndNoneLosesTheLogin() throws Exception {
        shell.ok("login", "--url", url, "--email", server.adminEmail());
        // The commands' own clocks are far ahead of the server's: each of them wants to refresh.
        List<Process> commands = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            commands.add(startProcess("project", "list", "--url", url));
        }
        for (Process command : commands) {
            String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(command.exitValue()).as(said).isZero();
            assertThat(said).contains(server.projectId());
        }
        clock.advance(ACCESS_TOKEN);
        new Shell(folder, new MutableClock()).ok("project", "list");
    }

    private Process startProcess(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.lunarstream.server.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return builder.start();
    }

    @Test
    void logoutEndsTheLoginAtTheServerToo() throws IOException {
        login();
        String refreshToken = stored().required("refreshToken").asText();
        assertThat(shell.ok("logout", "--url", url).out()).isEqualTo("Logged out at " + url + ".\n");
        assertThat(Files.readString(shell.logins())).doesNotContain(refreshToken);
        Answer refresh = server.send(server.request("/auth/refresh")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"refreshToken\":\"" + refreshToken + "\"}")));
        assertThat(refresh.status()).isEqualTo(401);
        assertThat(shell.run("project", "list", "--url", url).code()).isEqualTo(4);
        assertThat(shell.ok("logout", "--url", url).out()).isEqualTo("There was no login at " + url + ".\n");
    }

    @Test
    void aDamagedFileIsMendedByTheNextLogin() throws IOException {
        login();
        Files.writeString(shell.logins(), "{\"logins\":[");
        assertThat(shell.run("project", "list", "--url", url).code()).isEqualTo(4);
        login();
        shell.ok("project", "list");
    }

    @Test
    void onTheServersOwnMachineTheLoginIsMadeByItself() throws IOException {
        String[] command = {"project", "list", "--data-dir", "of-the-server"};
        shell.ok(command);
        JsonNode first = stored();
        shell.ok(command);
        assertThat(stored()).isEqualTo(first);
        clock.advance(REFRESH_TOKEN.plusSeconds(1));
        shell.ok(command);
        assertThat(stored()).isNotEqualTo(first);
    }
}
