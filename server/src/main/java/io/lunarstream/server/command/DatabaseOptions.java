package io.lunarstream.server.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// Which configuration names the database: as `up` takes it.
final class DatabaseOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the server's configuration (lunar.yaml)  (LUNAR_CONFIG)")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "the server's data directory (./data)  (LUNAR_DATA_DIR)")
    private Optional<Path> dataDirectory = Optional.empty();

    /// As options of `up`.
    List<String> words() {
        return Stream.concat(
                        config.stream().map(file -> "--config=" + file),
                        dataDirectory.stream().map(folder -> "--data-dir=" + folder))
                .toList();
    }
}
