package io.lunarstream.server.audit;

import java.util.Optional;

/// A line of the audit log, for people.
///
/// @param actorName what whoever did it is called now; empty if they are gone
record NamedEntry(AuditEntry entry, Optional<String> actorName) {}
