package io.lunarstream.server.command;

import io.lunarstream.server.client.ClientException;
import io.lunarstream.server.client.Surroundings;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands that speak with a running server, put together.
public final class CommandLineProgram {
    /// Fits most screens and stays readable.
    private static final int HELP_COLUMNS = 110;

    /// Room for the longest option.
    private static final int OPTION_COLUMNS = 34;

    private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private static final String[] EXIT_CODES = {
        "", "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 server not reachable, 4 not authenticated."
    };

    private CommandLineProgram() {}

    /// Carries out what this process was told.
    ///
    /// @param local what is done on this machine, without the API
    /// @return the exit code
    public static int run(List<String> arguments, LocalWork local) {
        Terminal terminal = Terminal.ofProcess();
        int code = of(Surroundings.ofProcess(), terminal, local).execute(arguments.toArray(String[]::new));
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    static CommandLine of(Surroundings surroundings, Terminal terminal, LocalWork local) {
        return of(new Workplace(surroundings, terminal), local);
    }

    /// Every command, to be looked at and not to be carried out.
    static CommandLine described(Workplace workplace) {
        return of(workplace, new LocalWork(_ -> "", _ -> ""));
    }

    private static CommandLine of(Workplace workplace, LocalWork local) {
        Terminal terminal = workplace.terminal();
        CommandLine commands = new CommandLine(new LunarCommand(workplace))
                .addSubcommand(new ProjectCommand(workplace))
                .addSubcommand(new ApiKeyCommand(workplace))
                .addSubcommand(new LivestreamCommand(workplace))
                .addSubcommand(new MediaServerCommand(workplace))
                .addSubcommand(new SigningKeyCommand(workplace))
                .addSubcommand(new CdnCommand(workplace))
                .addSubcommand(new AuditCommand(workplace))
                .addSubcommand(new AccountCommand(workplace, local))
                .addSubcommand(new DatabaseCommand(workplace, local))
                .setOut(terminal.out())
                .setErr(terminal.err())
                // A name may begin with the sign that would have a file read in its place.
                .setExpandAtFiles(false)
                .setColorScheme(Help.defaultColorScheme(Ansi.OFF))
                .setParameterExceptionHandler(CommandLineProgram::misused)
                .setExecutionExceptionHandler(CommandLineProgram::failed)
                .registerConverter(UUID.class, CommandLineProgram::id);
        dress(commands);
        return commands;
    }

    /// Gives every help text the form of the launcher's own.
    private static void dress(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("say this")
                        .build());
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.width(HELP_COLUMNS);
        usage.longOptionsMaxWidth(OPTION_COLUMNS);
        usage.synopsisHeading("usage: ");
        usage.descriptionHeading("%n");
        usage.parameterListHeading("%n");
        usage.optionListHeading("%n");
        usage.commandListHeading("%n");
        usage.sortOptions(false);
        usage.abbreviateSynopsis(true);
        usage.footer(EXIT_CODES);
        command.getSubcommands().values().forEach(CommandLineProgram::dress);
    }

    private static UUID id(String text) {
        if (!ID.matcher(text).matches()) {
            throw new TypeConversionException("\"" + text + "\" is not an id (8-4-4-4-12 hexadecimal digits)");
        }
        return UUID.fromString(text);
    }

    private static int misused(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        complain(command, what(exception));
        command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help.");
        return ExitCode.MISUSED.number();
    }

    private static String what(ParameterException exception) {
        if (exception instanceof UnmatchedArgumentException unmatched) {
            Set<String> allowed = exception.getCommandLine().getSubcommands().keySet();
            String kind = unmatched.isUnknownOption() ? "option" : "word";
            return "unknown " + kind + " \"" + unmatched.getUnmatched().getFirst() + "\""
                    + (allowed.isEmpty() ? "" : "; allowed: " + String.join(", ", allowed));
        }
        return String.valueOf(exception.getMessage());
    }

    private static int failed(Exception exception, CommandLine command, CommandLine.ParseResult result)
            throws Exception {
        if (exception instanceof ClientException failure) {
            complain(command, String.valueOf(failure.getMessage()));
            return ExitCode.of(failure.reason()).number();
        }
        throw exception;
    }

    /// The first line says what is wrong, those after it how to mend it.
    private static void complain(CommandLine command, String message) {
        ("lunar: " + message).lines().map(Printable::line).forEach(command.getErr()::println);
    }
}
