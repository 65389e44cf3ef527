package io.lunarstream.server.command;

import io.lunarstream.server.client.ClientException;
import io.lunarstream.server.client.ClientException.Reason;
import io.lunarstream.server.client.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The word before all others, and the commands of one word: `login`, `logout`.
@Command(name = "./lunar", description = "Commands that speak with a running server.")
final class LunarCommand {
    /// The API's own limit is shorter; a file that was named by mistake must not be sent.
    private static final int MAX_PASSWORD_BYTES = 4096;

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
                ? readPassword()
                : workplace
                        .terminal()
                        .askSecret()
                        .apply("Password of " + Printable.line(email) + " at " + target.url() + ": ")
                        .orElseThrow(() -> new ClientException(
                                Reason.MISUSED, "there is no terminal to ask the password on; use --password-stdin"));
        target.admin().login(email, password);
        workplace.terminal().out().println(Printable.line("Logged in at " + target.url() + " as " + email + "."));
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

    /// The first line of the standard input.
    private String readPassword() {
        byte[] bytes = new byte[MAX_PASSWORD_BYTES];
        int length = 0;
        try (InputStream in = workplace.terminal().in()) {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                if (length == MAX_PASSWORD_BYTES) {
                    throw new ClientException(Reason.MISUSED, "standard input is too long to be a password");
                }
                bytes[length] = (byte) next;
                length++;
            }
        } catch (IOException e) {
            throw new ClientException(Reason.MISUSED, "standard input cannot be read: " + e.getMessage());
        }
        String line = new String(Arrays.copyOf(bytes, length), StandardCharsets.UTF_8);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
