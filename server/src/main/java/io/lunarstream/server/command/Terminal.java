package io.lunarstream.server.command;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;

/// Who a command speaks with.
///
/// @param out results
/// @param err everything else
/// @param askSecret asks a question and reads the answer without showing it; empty where nobody can be asked
/// @param columns the width of the screen; empty if results do not go to one
/// @param zone of the times that are shown
/// @param pause lets time pass
record Terminal(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Function<String, Optional<String>> askSecret,
        OptionalInt columns,
        ZoneId zone,
        Consumer<Duration> pause) {

    /// That of this process. The launcher says the screen's width in `COLUMNS`.
    static Terminal ofProcess() {
        return new Terminal(
                System.in,
                new PrintWriter(System.out, /* autoFlush= */ true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, /* autoFlush= */ true, StandardCharsets.UTF_8),
                Terminal::askOnConsole,
                columns(System.getenv()),
                ZoneId.systemDefault(),
                Terminal::sleep);
    }

    static OptionalInt columns(Map<String, String> environment) {
        try {
            return OptionalInt.of(Integer.parseInt(environment.getOrDefault("COLUMNS", "")));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private static Optional<String> askOnConsole(String question) {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .flatMap(console -> Optional.ofNullable(console.readPassword("%s", question)))
                .map(String::valueOf);
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
