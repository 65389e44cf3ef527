package io.lunarstream.server.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which server and project are meant, and who reads the result.
final class PartnerOptions extends ResultOptions {
    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = "the file that holds the project's API key  (LUNAR_API_KEY: the key itself)")
    private Optional<Path> apiKeyFile = Optional.empty();

    Optional<Path> apiKeyFile() {
        return apiKeyFile;
    }
}
