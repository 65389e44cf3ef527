package io.lunarstream.server;

import io.lunarstream.server.account.Accounts;
import io.lunarstream.server.account.Accounts.NewAccount;
import io.lunarstream.server.audit.AuditAction;
import io.lunarstream.server.audit.AuditLog;
import io.lunarstream.server.auth.ApiKey;
import io.lunarstream.server.auth.ApiKeyRepository;
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
/// @param mediaServerId the embedded media server
/// @param newAccount the administrator, at the start that makes it
record Bootstrap(UUID projectId, UUID mediaServerId, Optional<NewAccount> newAccount) {

    /// New secrets are in the credentials file before the transaction commits: a crash between the two leaves a file
    /// that the next start writes anew, never a secret that nobody knows.
    static Bootstrap run(
            Database database,
            Accounts accounts,
            AuditLog audit,
            CredentialsFile credentials,
            InstantSource clock,
            SecureRandom random) {
        return database.read(handle -> earlier(handle, accounts))
                .orElseGet(() -> database.writeAlone(
                        transaction -> make(transaction, accounts, audit, credentials, clock.instant(), random)));
    }

    private static Optional<Bootstrap> earlier(Handle handle, Accounts accounts) {
        Optional<Project> project = new ProjectRepository().oldest(handle);
        Optional<MediaServer> local = new MediaServerRepository().findLocal(handle);
        return project.isPresent() && local.isPresent() && accounts.any(handle)
                ? Optional.of(new Bootstrap(project.get().id(), local.get().id(), Optional.empty()))
                : Optional.empty();
    }

    /// Makes what is missing.
    private static Bootstrap make(
            Handle transaction,
            Accounts accounts,
            AuditLog audit,
            CredentialsFile credentials,
            Instant now,
            SecureRandom random) {
        UUID mediaServerId = MediaServers.registerLocal(transaction, audit, now);
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
