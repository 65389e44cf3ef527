package io.lunarstream.server.command;

import io.lunarstream.server.client.ClientException;
import io.lunarstream.server.client.ClientException.Reason;
import io.lunarstream.server.client.Target;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// The word before all others, and the commands of one word: `login`, `logout`.
@Command(name = "./lunar", description = "Commands that speak with a running server.")
final class LunarCommand {
    /// What the launcher does by itself.
    private static final List<String> LAUNCHER_COMMANDS = List.of("up", "publish", "test", "build", "version");

    private final Workplace workplace;

    LunarCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Command(name = "login", description = "Log in with an account; other commands then use it.")
    void login(
            @Mixin ServerOptions options,
            @Option(names = "--email", required = true, paramLabel = "EMAIL", description = "whose") String email,
            @Option(
                            names = "--password-stdin",
                            description = "read the password from standard input; else it is asked for")
                    boolean passwordStdin) {
        Target target = workplace.target(options);
        String password = passwordStdin
                ? PasswordInput.read(workplace.terminal().in())
                : workplace
                        .terminal()
                        .askSecret()
                        .apply("Password of " + Printable.line(email) + " at " + target.url() + ": ")
                        .orElseThrow(() -> new ClientException(
                                Reason.MISUSED, "there is no terminal to ask the password on; use --password-stdin"));
        target.admin().login(email, password);
        workplace.terminal().out().println(Printable.line("Logged in at " + target.url() + " as " + email + "."));
    }

    @Command(name = "completion", description = "Print what makes bash and zsh complete commands and options.")
    void completion() {
        CommandLine commands = CommandLineProgram.described(workplace);
        LAUNCHER_COMMANDS.forEach(word -> commands.addSubcommand(word, CommandSpec.create()));
        workplace.terminal().out().print(AutoComplete.bash("lunar", commands));
    }

    @Command(name = "logout", description = "End the login, here and at the server.")
    void logout(@Mixin ServerOptions options) {
        Target target = workplace.target(options);
        boolean wasThere = target.admin().logout();
        workplace
                .terminal()
                .out()
                .println((wasThere ? "Logged out at " : "There was no login at ") + target.url() + ".");
    }
}
