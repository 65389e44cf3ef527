package io.lunarstream.server.pushtoken;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// How things are now with a token that a publisher was let in on.
///
/// @param isUsable whether neither the token is revoked nor its livestream deleted
/// @param deadline the latest `exp` of the livestream's unrevoked tokens
/// @param endReason why the livestream's last broadcast has ended, as the API spells it
public record TokenStanding(UUID jti, boolean isUsable, Instant deadline, Optional<String> endReason) {}
