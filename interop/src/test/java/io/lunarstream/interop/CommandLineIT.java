package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line as people and scripts use it: through the launcher, in a shell.
class CommandLineIT {
    private static final Path LAUNCHER = Path.of("..", "lunar").toAbsolutePath().normalize();
    private static final Pattern SHELL_BLOCK =
            Pattern.compile("^```sh\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /// The first command after a build also makes the class archives.
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void theWalkOfTheDocumentWorks() throws IOException {
        Matcher block = SHELL_BLOCK.matcher(Files.readString(LAUNCHER.resolveSibling("docs/command-line.md")));
        assertThat(block.find()).isTrue();
        try (LunarServer _ = LunarServer.start(folder.resolve("data"))) {
            String said = run(block.group(1) + "./lunar project list\n./lunar api-key list --project \"$project\"\n");
            assertThat(said)
                    .containsPattern("ID +STATUS +CREATED +NAME\n\\S{36} +READY_FOR_USE +.{16} +First light\n")
                    .containsPattern("Name +First light\n")
                    .containsPattern("Deleted \"First light\" \\(\\S{36}\\)\\.\n")
                    .containsPattern("My app\n")
                    .containsPattern("backend\n");
        }
    }

    @Test
    void aServerThatIsGoneIsAnExitCodeAndALine() throws IOException {
        try (LunarServer server = LunarServer.start(folder.resolve("data"))) {
            server.stop();
        }
        assertThat(run("./lunar livestream list || echo code $?"))
                .contains("cannot be reached: connection refused")
                .endsWith("code 3\n");
    }

    @Test
    void bashCompletesCommands() throws IOException {
        String said = run("""
                source <(./lunar completion)
                complete -p lunar
                COMP_WORDS=(lunar media-server dr) COMP_CWORD=2
                _complete_lunar
                echo "<${COMPREPLY[*]}>"
                """);
        assertThat(said).contains("complete ").endsWith("<drain>\n");
    }

    /// Runs a script where `./lunar` is the launcher, and the folder of a server's data lies in `./data`.
    private String run(String script) throws IOException {
        Path link = folder.resolve("lunar");
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, LAUNCHER);
        }
        List<String> command = List.of("env", "-C", folder.toString(), "bash", "-e", "-o", "pipefail", "-c", script);
        Path config = folder.resolve("config");
        try (ChildProcess shell = ChildProcess.start(command, Map.of("XDG_CONFIG_HOME", config.toString()))) {
            int code = shell.awaitExit(SOON);
            assertThat(code).as(shell.output()).isZero();
            return String.join("\n", shell.lines()) + "\n";
        } finally {
            Files.delete(link);
        }
    }
}
