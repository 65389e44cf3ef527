package io.lunarstream.server.command;

import java.nio.file.Path;
import java.util.List;

/// What is to be done with the database that a configuration names.
public sealed interface DatabaseTask {
    /// Those of `up` that name the configuration.
    List<String> options();

    /// Brings the tables up to date.
    record Migrate(List<String> options) implements DatabaseTask {}

    /// Writes everything into a file.
    record Export(List<String> options, Path file) implements DatabaseTask {}

    /// Fills an empty database from a file.
    record Import(List<String> options, Path file) implements DatabaseTask {}
}
