package io.lunarstream.server.audit;

import java.util.Optional;
import java.util.UUID;

/// Which entries of the audit log are wanted: those that match everything that is given.
///
/// @param actor who did it
/// @param resource what it was done to
/// @param project whose resource that is
record AuditFilter(
        Optional<AuditAction> action, Optional<UUID> actor, Optional<UUID> resource, Optional<UUID> project) {}
