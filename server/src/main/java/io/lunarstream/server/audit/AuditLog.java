package io.lunarstream.server.audit;

import io.lunarstream.server.audit.AuditEntry.Actor;
import io.lunarstream.server.auth.Caller;
import io.lunarstream.server.database.TimeOrderedId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Writes down who did what, in the transaction that does it: neither is there without the other.
public final class AuditLog {
    private final AuditRepository repository = new AuditRepository();
    private final InstantSource clock;

    public AuditLog(InstantSource clock) {
        this.clock = clock;
    }

    /// What the current caller does.
    ///
    /// @param resource what it is done to; empty if there is only one
    /// @param project whose resource it is, if a project's
    public void record(Handle transaction, AuditAction action, Optional<UUID> resource, Optional<UUID> project) {
        Actor actor = Caller.current().flatMap(Caller::principal).map(Actor::of).orElse(Actor.SYSTEM);
        insert(transaction, actor, action, resource, project);
    }

    /// What somebody does to their own account, or has it done to them.
    public void recordOfAccount(Handle transaction, AuditAction action, UUID account) {
        insert(transaction, Actor.account(account), action, Optional.of(account), Optional.empty());
    }

    private void insert(
            Handle transaction, Actor actor, AuditAction action, Optional<UUID> resource, Optional<UUID> project) {
        Optional<Caller> caller = Caller.current();
        Instant now = clock.instant();
        repository.insert(
                transaction,
                new AuditEntry(
                        TimeOrderedId.at(now),
                        now,
                        actor,
                        action,
                        resource,
                        project,
                        caller.map(Caller::requestId),
                        caller.map(Caller::address)));
    }
}
