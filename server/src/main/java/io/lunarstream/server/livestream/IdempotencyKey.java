package io.lunarstream.server.livestream;

import java.util.UUID;

/// What tells a request that is sent again from a new one.
///
/// @param projectId keys of different projects have nothing to do with each other
/// @param text the header `Idempotency-Key`
/// @param bodySha256 of the request's body, in hex
record IdempotencyKey(UUID projectId, String text, String bodySha256) {}
