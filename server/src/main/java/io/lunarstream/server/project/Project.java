package io.lunarstream.server.project;

import java.time.Instant;
import java.util.UUID;

/// A partner's tenant.
public record Project(UUID id, String name, Instant createdAt) {}
