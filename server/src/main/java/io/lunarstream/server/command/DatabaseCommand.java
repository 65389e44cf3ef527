package io.lunarstream.server.command;

import io.lunarstream.server.client.ClientException;
import io.lunarstream.server.client.ClientException.Reason;
import io.lunarstream.server.config.ConfigException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `db`: the database itself, to move an installation from SQLite to PostgreSQL or back.
@Command(name = "db", description = "The database that the configuration names: as ./lunar up would.")
final class DatabaseCommand {
    private final Workplace workplace;
    private final LocalWork local;

    DatabaseCommand(Workplace workplace, LocalWork local) {
        this.workplace = workplace;
        this.local = local;
    }

    @Command(name = "migrate", description = "Bring its tables up to date; a start does that, too.")
    void migrate(@Mixin DatabaseOptions options) {
        carryOut(new DatabaseTask.Migrate(options.words()));
    }

    @Command(name = "export", description = "Write all that it holds into a new file.")
    void export(@Mixin DatabaseOptions options, @Parameters(paramLabel = "FILE", description = "to write") Path file) {
        carryOut(new DatabaseTask.Export(
                options.words(), workplace.surroundings().folder().resolve(file)));
    }

    @Command(name = "import", description = "Fill it, which must be empty, with what was exported.")
    void fill(@Mixin DatabaseOptions options, @Parameters(paramLabel = "FILE", description = "to read") Path file) {
        carryOut(new DatabaseTask.Import(
                options.words(), workplace.surroundings().folder().resolve(file)));
    }

    private void carryOut(DatabaseTask task) {
        try {
            workplace.terminal().out().println(local.database().apply(task));
        } catch (ConfigException e) {
            throw new ClientException(Reason.REFUSED, String.valueOf(e.getMessage()));
        }
    }
}
