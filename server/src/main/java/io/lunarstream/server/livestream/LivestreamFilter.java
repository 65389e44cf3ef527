package io.lunarstream.server.livestream;

import java.util.Optional;
import java.util.UUID;

/// Which livestreams a list is about.
///
/// @param search a part of the name or the `externalId`, in any case
record LivestreamFilter(UUID projectId, Optional<LivestreamStatus> status, Optional<String> search) {}
