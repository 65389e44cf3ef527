package io.lunarstream.server.livestream;

import java.util.Optional;

/// A media node's hold on a livestream: it has a broadcast of it, or a publisher that has nothing to play yet.
///
/// @param connected whether a publisher is connected; false, too, once the lease was not renewed in time
/// @param viewers at that node, as last told
/// @param ingest what comes in; empty until the node has told
record Lease(boolean connected, int viewers, Optional<IngestView> ingest) {}
