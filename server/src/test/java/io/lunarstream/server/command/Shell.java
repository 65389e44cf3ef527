package io.lunarstream.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.client.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// A person or a script who types commands, in this process.
final class Shell {
    /// What a command did.
    record Run(int code, String out, String err) {
        JsonNode json() {
            return Answer.parse(out);
        }
    }

    private final InstantSource clock;
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Optional<String> secret = Optional.empty();
    private String input = "";
    private OptionalInt columns = OptionalInt.empty();
    private Consumer<Duration> pause = _ -> {};
    private final List<NewPassword> passwords = new ArrayList<>();

    /// @param folder where the commands run; the user's configuration lies in it, too
    Shell(Path folder, InstantSource clock) {
        this.clock = clock;
        this.folder = folder;
        environment.put(
                "XDG_CONFIG_HOME", folder.resolve("config").toAbsolutePath().toString());
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// Answers the question for a password from now on.
    Shell knowing(String password) {
        secret = Optional.of(password);
        return this;
    }

    /// Has this on standard input from now on.
    Shell piping(String text) {
        input = text;
        return this;
    }

    Shell onScreenOf(int width) {
        columns = OptionalInt.of(width);
        return this;
    }

    /// Does this instead of waiting.
    Shell waitingBy(Consumer<Duration> wait) {
        pause = wait;
        return this;
    }

    Path logins() {
        return folder.resolve("config/lunar-stream/logins.json");
    }

    Run run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                _ -> secret,
                columns,
                ZoneOffset.ofHours(1),
                pause);
        Surroundings surroundings = new Surroundings(environment, folder, folder, clock);
        int code = CommandLineProgram.of(
                        surroundings, terminal, new LocalWork(this::setPassword, DatabaseTask::toString))
                .execute(words);
        return new Run(code, out.toString(), err.toString());
    }

    private String setPassword(NewPassword password) {
        passwords.add(password);
        return "set";
    }

    /// What was asked for by `account password`.
    List<NewPassword> passwords() {
        return passwords;
    }

    /// Runs a command that must succeed.
    Run ok(String... words) {
        Run run = run(words);
        if (run.code() != 0) {
            throw new AssertionError(String.join(" ", words) + ": " + run);
        }
        return run;
    }
}
