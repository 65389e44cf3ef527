package io.lunarstream.server.livestream;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What a partner may change of a livestream, as it is to be from now on; all of it checked.
record LivestreamChange(UUID mediaServerId, String name, Optional<String> externalId, Map<String, String> metadata) {}
