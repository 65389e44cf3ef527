package io.lunarstream.server;

import io.lunarstream.server.account.Accounts;
import io.lunarstream.server.account.Accounts.NewAccount;
import io.lunarstream.server.audit.AuditAction;
import io.lunarstream.server.audit.AuditLog;
import io.lunarstream.server.auth.ApiKey;
import io.lunarstream.server.auth.ApiKeyRepository;
import io.lunarstream.server.config.Role;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.mediaserver.MediaServer;
import io.lunarstream.server.mediaserver.MediaServerRepository;
import io.lunarstream.server.mediaserver.MediaServers;
import io.lunarstream.server.project.Project;
import io.lunarstream.server.project.ProjectRepository;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What a first start makes, and later starts find: an administrator, a project, its API key, the embedded media
/// server.
///
/// @param projectId the first project
/// @param mediaServerId the embedded media server, where there is one
/// @param newAccount the administrator, at the start that makes it
record Bootstrap(UUID projectId, Optional<UUID> mediaServerId, Optional<NewAccount> newAccount) {

    /// New secrets are in the credentials file before the transaction commits: a crash between the two leaves a file
    /// that the next start writes anew, never a secret that nobody knows.
    static Bootstrap run(
            Role role,
            Database database,
            Accounts accounts,
            AuditLog audit,
            CredentialsFile credentials,
            InstantSource clock,
            SecureRandom random) {
        return database.read(handle -> earlier(role, handle, accounts))
                .orElseGet(() -> database.writeAlone(
                        transaction -> make(role, transaction, accounts, audit, credentials, clock.instant(), random)));
    }

    private static Optional<Bootstrap> earlier(Role role, Handle handle, Accounts accounts) {
        Optional<Project> project = new ProjectRepository().oldest(handle);
        Optional<UUID> local =
                embeds(role) ? new MediaServerRepository().findLocal(handle).map(MediaServer::id) : Optional.empty();
        return project.isPresent() && local.isPresent() == embeds(role) && accounts.any(handle)
                ? Optional.of(new Bootstrap(project.get().id(), local, Optional.empty()))
                : Optional.empty();
    }

    private static boolean embeds(Role role) {
        return role == Role.ALL;
    }

    /// Makes what is missing.
    private static Bootstrap make(
            Role role,
            Handle transaction,
            Accounts accounts,
            AuditLog audit,
            CredentialsFile credentials,
            Instant now,
            SecureRandom random) {
        Optional<UUID> mediaServerId =
                embeds(role) ? Optional.of(MediaServers.registerLocal(transaction, audit, now)) : Optional.empty();
        Project project = new ProjectRepository()
                .oldest(transaction)
                .orElseGet(() -> makeProject(transaction, audit, credentials, now, random));
        Optional<NewAccount> account =
                accounts.any(transaction) ? Optional.empty() : Optional.of(accounts.createFirst(transaction));
        account.ifPresent(
                made -> credentials.put(Map.of("adminEmail", made.email().text(), "adminPassword", made.password())));
        return new Bootstrap(project.id(), mediaServerId, account);
    }

    private static Project makeProject(
            Handle transaction, AuditLog audit, CredentialsFile credentials, Instant now, SecureRandom random) {
        Project project = new Project(UUID.randomUUID(), "default", now);
        ApiKey key = ApiKey.generate(random);
        new ProjectRepository().insert(transaction, project);
        audit.record(transaction, AuditAction.PROJECT_CREATED, Optional.of(project.id()), Optional.of(project.id()));
        UUID keyId = UUID.randomUUID();
        new ApiKeyRepository().insert(transaction, keyId, project.id(), "first", key, now);
        audit.record(transaction, AuditAction.API_KEY_CREATED, Optional.of(keyId), Optional.of(project.id()));
        credentials.put(Map.of("projectId", project.id().toString(), "apiKey", key.secretText()));
        return project;
    }
}
