package io.lunarstream.server.livestream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What a media node is answered about one of its streams: that it goes on, or that it is over.
///
/// @param fence the current one, of a stream that goes on
/// @param cutAt when the publisher of a stream that goes on is to be cut
/// @param over why a stream is over, as the API spells it
record NodeVerdict(
        UUID livestreamId,
        @JsonInclude(Include.NON_EMPTY) Optional<Long> fence,
        @JsonInclude(Include.NON_EMPTY) Optional<Instant> cutAt,
        @JsonInclude(Include.NON_EMPTY) Optional<String> over) {}
