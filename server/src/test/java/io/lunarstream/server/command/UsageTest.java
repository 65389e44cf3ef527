package io.lunarstream.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.MutableClock;
import io.lunarstream.server.command.Shell.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said to those who call a command wrongly, or ask how to.
class UsageTest {
    private final Shell shell = new Shell(Path.of("there-is-no-such-folder"), new MutableClock());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "livestream                | Missing required subcommand | ./lunar livestream",
                "livestream lsit           | unknown word \"lsit\"; allowed: create, | ./lunar livestream",
                "livestream show           | Missing required parameter: 'ID' | ./lunar livestream show",
                "livestream show 1-1-1-1-1 | \"1-1-1-1-1\" is not an id | ./lunar livestream show",
                "livestream list --page x  | 'x' is not | ./lunar livestream list",
                "livestream list --pages 1 | unknown option \"--pages\" | ./lunar livestream list",
                "project create a b        | unknown word \"b\" | ./lunar project create",
                "media-server add name     | Missing required options: | ./lunar media-server add",
                "login                     | Missing required option: '--email=EMAIL' | ./lunar login",
            })
    void wrongUsageIsOneLineAndWhereToReadMore(String words, String what, String where) {
        Run run = shell.run(words.split(" ", -1));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("lunar: ").contains(what).endsWith("See " + where + " --help.\n");
        assertThat(run.err().lines()).hasSize(2);
    }

    @Test
    void helpGoesToTheResultAndNamesTheExitCodes() {
        Run group = shell.ok("livestream", "--help");
        assertThat(group.out())
                .startsWith("usage: ./lunar livestream ")
                .contains("  create ", "  token ", "Exit codes: 0 done, 1 ");
        assertThat(shell.ok("livestream", "create", "-h").out())
                .contains("NAME", "--metadata=KEY=VALUE", "LUNAR_API_KEY", "LUNAR_DATA_DIR");
    }
}
