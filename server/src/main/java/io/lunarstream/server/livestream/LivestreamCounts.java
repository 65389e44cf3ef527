package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Database;

/// Keeps the counts of livestreams short: what has changed since the last time is added up.
final class LivestreamCounts {
    private final Database database;
    private final LivestreamCountRepository repository = new LivestreamCountRepository();

    LivestreamCounts(Database database) {
        this.database = database;
    }

    /// Adds all changes up that are there. Other nodes may do the same at the same time.
    void addUp() {
        boolean isMore = database.read(repository::anyChange);
        while (isMore) {
            isMore = database.writeAlone(repository::addUp) == LivestreamCountRepository.MOST_AT_ONCE;
        }
    }
}
