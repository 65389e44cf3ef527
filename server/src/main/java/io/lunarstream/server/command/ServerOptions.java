package io.lunarstream.server.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which server is meant.
class ServerOptions {
    @Option(names = "--url", paramLabel = "URL", description = "the API, https://HOST/api/v1  (LUNAR_API_URL)")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "the server of this data directory (./data)  (LUNAR_DATA_DIR)")
    private Optional<Path> dataDirectory = Optional.empty();

    Optional<String> url() {
        return url;
    }

    Optional<Path> dataDirectory() {
        return dataDirectory;
    }
}
