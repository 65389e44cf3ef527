package io.lunarstream.server.command;

import io.lunarstream.server.client.ClientException;
import io.lunarstream.server.client.ClientException.Reason;
import io.lunarstream.server.client.Target;
import io.lunarstream.server.config.ConfigException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `account`: what is done on the machine of the server, without its API.
@Command(name = "account", description = "Accounts of the server on this machine.")
final class AccountCommand {
    private final Workplace workplace;
    private final LocalWork local;

    AccountCommand(Workplace workplace, LocalWork local) {
        this.workplace = workplace;
        this.local = local;
    }

    @Command(
            name = "password",
            description = "Set a lost password, whether or not the server runs, and end the account's logins.")
    void password(
            @Option(
                            names = "--data-dir",
                            paramLabel = "DIR",
                            description = "the server's data directory (./data)  (LUNAR_DATA_DIR)")
                    Optional<Path> dataDirectory,
            @Option(names = "--email", paramLabel = "EMAIL", description = "whose (the administrator's)")
                    Optional<String> email,
            @Option(names = "--password-stdin", description = "read it from standard input; else one is made")
                    boolean passwordStdin) {
        Optional<String> chosen = passwordStdin
                ? Optional.of(PasswordInput.read(workplace.terminal().in()))
                : Optional.empty();
        Path folder = Target.dataDirectory(workplace.surroundings(), dataDirectory);
        try {
            workplace.terminal().out().println(local.password().apply(new NewPassword(folder, email, chosen)));
        } catch (ConfigException e) {
            throw new ClientException(Reason.REFUSED, String.valueOf(e.getMessage()));
        }
    }
}
