package io.lunarstream.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A terminal that a reader pastes commands into: one shell, so that variables and functions stay.
///
/// The first command that fails ends the shell, and with it the test.
final class Terminal implements AutoCloseable {
    private static final Duration TIME_TO_RUN = Duration.ofSeconds(60);

    private final ChildProcess shell;
    private int commandsRun;

    private Terminal(ChildProcess shell) {
        this.shell = shell;
    }

    static Terminal open(Map<String, String> environment) {
        return new Terminal(ChildProcess.start(List.of("bash", "-e"), environment));
    }

    /// Pastes commands, waits for their end, and returns the lines that they have printed.
    List<String> run(String commands) {
        commandsRun++;
        String begin = "--- begin " + commandsRun;
        String end = "--- end " + commandsRun;
        // curl's answers have no newline at their end.
        shell.type("echo '" + begin + "'\n" + commands + "\necho; echo '" + end + "'\n");
        shell.awaitLine(end::equals, TIME_TO_RUN);
        List<String> lines = shell.lines();
        return lines.subList(lines.indexOf(begin) + 1, lines.indexOf(end)).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }

    String valueOf(String variable) {
        return run("echo \"$" + variable + "\"").getFirst();
    }

    /// Starts a command that runs until it is stopped, in a process group of its own; what it says goes into a file.
    void startInBackground(String command, Path log) {
        run("set -m; {\n" + command + "\n} </dev/null >'" + log + "' 2>&1 & background=$!; set +m");
    }

    /// Ctrl+C for the command in the background.
    void interruptBackground() {
        run("kill -INT -- -$background; wait $background || true");
    }

    @Override
    public void close() {
        shell.close();
    }
}
