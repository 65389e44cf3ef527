package io.lunarstream.server.livestream;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A livestream that is about to be stored, all of it checked.
record NewLivestream(
        UUID id,
        UUID projectId,
        UUID mediaServerId,
        String name,
        Optional<String> externalId,
        Map<String, String> metadata,
        String streamKey) {}
