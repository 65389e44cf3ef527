package io.lunarstream.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.MutableClock;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What `account password` asks for.
class AccountCommandTest {
    private static final Path FOLDER = Path.of("folder");

    private final Shell shell = new Shell(FOLDER, new MutableClock()).piping("chosen by a person\r\n");

    @Test
    void aPasswordIsMadeForTheAdministratorOfTheUsualFolder() {
        assertThat(shell.ok("account", "password").out()).isEqualTo("set\n");
        assertThat(shell.passwords())
                .containsExactly(new NewPassword(FOLDER.resolve("data"), Optional.empty(), Optional.empty()));
    }

    @Test
    void accountFolderAndPasswordMayBeChosen() {
        shell.with("LUNAR_DATA_DIR", "/elsewhere").ok("account", "password", "--email=a@b", "--password-stdin");
        shell.ok("account", "password", "--data-dir=/here");
        assertThat(shell.passwords())
                .containsExactly(
                        new NewPassword(Path.of("/elsewhere"), Optional.of("a@b"), Optional.of("chosen by a person")),
                        new NewPassword(Path.of("/here"), Optional.empty(), Optional.empty()));
        assertThat(shell.passwords().getFirst()).asString().doesNotContain("chosen");
    }
}
