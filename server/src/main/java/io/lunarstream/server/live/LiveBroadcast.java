package io.lunarstream.server.live;

import java.util.Optional;
import java.util.UUID;

/// A broadcast as it is now: one whose publisher is connected, or is waited for.
///
/// @param permit what its last publisher was let in on; empty after a restart, until one is back
/// @param ingest what comes in
/// @param viewers how many watch at this media server
public record LiveBroadcast(
        UUID livestreamId, String streamKey, Optional<PublishPermit> permit, IngestStatus ingest, int viewers) {}
