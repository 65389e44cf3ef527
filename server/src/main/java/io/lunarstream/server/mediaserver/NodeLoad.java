package io.lunarstream.server.mediaserver;

import java.time.Instant;
import java.util.Optional;

/// What a media node has said of itself last.
///
/// @param activeStreams how many publishers it has
/// @param viewers of all its streams
/// @param cpuLoad of its machine, from 0 to 1, if it can tell
public record NodeLoad(Instant reportedAt, int activeStreams, int viewers, Optional<Double> cpuLoad) {}
