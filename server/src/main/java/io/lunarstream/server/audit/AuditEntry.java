package io.lunarstream.server.audit;

import io.lunarstream.server.auth.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One line of the audit log.
///
/// @param resource what it was done to; empty if there is only one
/// @param project whose resource that is, if a project's
/// @param requestId what `X-Request-Id` said; empty for what no request has asked for
/// @param address the client's
record AuditEntry(
        UUID id,
        Instant at,
        Actor actor,
        AuditAction action,
        Optional<UUID> resource,
        Optional<UUID> project,
        Optional<String> requestId,
        Optional<String> address) {

    /// Who did it.
    ///
    /// @param type `account`, `api_key`, `media_server` or `system`
    /// @param id empty for the system
    record Actor(String type, Optional<UUID> id) {
        static final Actor SYSTEM = new Actor("system", Optional.empty());

        static Actor account(UUID id) {
            return new Actor("account", Optional.of(id));
        }

        static Actor of(Principal principal) {
            return switch (principal) {
                case Principal.Partner partner -> new Actor("api_key", Optional.of(partner.apiKeyId()));
                case Principal.MediaServer server -> new Actor("media_server", Optional.of(server.id()));
                case Principal.Administrator administrator -> account(administrator.accountId());
            };
        }
    }
}
