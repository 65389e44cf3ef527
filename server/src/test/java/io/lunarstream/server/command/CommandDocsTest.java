package io.lunarstream.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.client.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// What is written about the command line: every command, option and exit code.
class CommandDocsTest {
    private static final Path ROOT = Path.of("..");

    private static CommandLine all() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                _ -> Optional.empty(),
                OptionalInt.empty(),
                ZoneOffset.UTC,
                (Duration _) -> {});
        return CommandLineProgram.described(
                new Workplace(new Surroundings(Map.of(), ROOT, ROOT, InstantSource.system()), terminal));
    }

    static Stream<CommandLine> commands() {
        return leaves(all());
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(CommandDocsTest::leaves);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandAndOptionStandsInTheDocument(CommandLine command) throws IOException {
        String document = Files.readString(ROOT.resolve("docs/command-line.md"));
        assertThat(document).contains(command.getCommandSpec().qualifiedName());
        assertThat(command.getCommandSpec().options())
                .map(OptionSpec::longestName)
                .allSatisfy(option -> assertThat(document).contains("`" + option));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandAndOptionIsExplainedByItsHelp(CommandLine command) {
        String help = command.getUsageMessage();
        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        assertThat(command.getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
        assertThat(help.lines()).allMatch(line -> line.length() <= 110);
    }

    @Test
    void theLauncherKnowsEveryCommand() throws IOException {
        String launcher = Files.readString(ROOT.resolve("lunar"));
        List<String> dispatched = List.of(
                launcher.replaceAll("(?s).*\n  ([a-z |-]+)\\) speak .*", "$1").split(" \\| ", -1));
        assertThat(dispatched)
                .containsExactlyInAnyOrderElementsOf(all().getSubcommands().keySet());
        all().getSubcommands().forEach((name, group) -> {
            List<String> listed = launcher.lines()
                    .filter(line -> line.matches("  (\\S+, )?" + name + "([ ,].*)?"))
                    .toList();
            assertThat(listed).as(name).isNotEmpty();
            assertThat(group.getSubcommands().keySet())
                    .allSatisfy(word -> assertThat(listed.getFirst()).contains(word));
        });
    }

    @Test
    void everyExitCodeStandsInTheDocument() throws IOException {
        String document = Files.readString(ROOT.resolve("docs/command-line.md"));
        for (ExitCode code : ExitCode.values()) {
            assertThat(document).contains("| " + code.number() + " | ");
            assertThat(all().getUsageMessage()).containsPattern("[:,] " + code.number() + " [a-z]");
        }
    }
}
