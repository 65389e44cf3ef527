package io.lunarstream.server.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/// Which part of a list is wanted.
final class PageOptions {
    @Option(names = "--page", paramLabel = "N", description = "which page, from 1")
    private Optional<Long> page = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "rows per page, 1 to 100 (10)")
    private Optional<Integer> limit = Optional.empty();

    @Option(names = "--all", description = "every page")
    private boolean all;

    Optional<Long> page() {
        return page;
    }

    Optional<Integer> limit() {
        return limit;
    }

    boolean all() {
        return all;
    }
}
