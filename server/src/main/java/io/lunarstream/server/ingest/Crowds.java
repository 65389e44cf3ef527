package io.lunarstream.server.ingest;

import io.lunarstream.server.logging.RareLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections that are closed because their address has too many that do not publish. They come by the thousand, so
/// the log has one line for many. Safe for all event loops.
final class Crowds {
    private static final Logger LOG = LoggerFactory.getLogger(Crowds.class);

    private final IngestRefusals refusals;
    private final RareLine line = new RareLine();

    Crowds(IngestRefusals refusals) {
        this.refusals = refusals;
    }

    /// One has been closed.
    void turnedAway(String address) {
        refusals.countCrowded();
        long many = line.happened();
        if (many > 0) {
            LOG.warn("RTMP {}: closed: too many connections that do not publish; {} of all addresses", address, many);
        }
    }
}
