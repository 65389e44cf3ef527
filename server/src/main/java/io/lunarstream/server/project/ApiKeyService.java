package io.lunarstream.server.project;

import io.lunarstream.server.audit.AuditAction;
import io.lunarstream.server.audit.AuditLog;
import io.lunarstream.server.auth.ApiKey;
import io.lunarstream.server.auth.ApiKeyRepository;
import io.lunarstream.server.auth.IssuedApiKey;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.http.Page;
import io.lunarstream.server.http.PageRequest;
import io.lunarstream.server.http.Values;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The rules of a project's API keys. A project may hold several at once, so that one can take over from another.
public final class ApiKeyService {

    /// A key that was just made.
    ///
    /// @param key the secret, to be shown once
    record NewApiKey(IssuedApiKey issued, ApiKey key) {}

    private final Database database;
    private final ProjectRepository projects = new ProjectRepository();
    private final ApiKeyRepository keys = new ApiKeyRepository();
    private final AuditLog audit;
    private final InstantSource clock;
    private final SecureRandom random;

    public ApiKeyService(Database database, AuditLog audit, InstantSource clock, SecureRandom random) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    Page<IssuedApiKey> list(UUID projectId, PageRequest page) {
        return database.read(handle -> {
            requireProject(handle, projectId);
            long total = keys.count(handle, projectId);
            return new Page<>(keys.list(handle, projectId, page.limit(), page.offset()), total);
        });
    }

    NewApiKey create(UUID projectId, String name) {
        return database.write(transaction -> {
            requireProject(transaction, projectId);
            Values values = new Values();
            String stripped = values.name("name", name);
            values.check();
            UUID id = UUID.randomUUID();
            ApiKey key = ApiKey.generate(random);
            keys.insert(transaction, id, projectId, stripped, key, clock.instant());
            audit.record(transaction, AuditAction.API_KEY_CREATED, Optional.of(id), Optional.of(projectId));
            return new NewApiKey(require(transaction, projectId, id), key);
        });
    }

    /// Makes a key stop working: every request looks it up.
    IssuedApiKey revoke(UUID projectId, UUID id) {
        return database.write(transaction -> {
            requireProject(transaction, projectId);
            require(transaction, projectId, id);
            if (!keys.revoke(transaction, id, clock.instant())) {
                throw new ApiException(ErrorCode.API_KEY_ALREADY_REVOKED);
            }
            audit.record(transaction, AuditAction.API_KEY_REVOKED, Optional.of(id), Optional.of(projectId));
            return require(transaction, projectId, id);
        });
    }

    private void requireProject(Handle handle, UUID id) {
        if (!projects.exists(handle, id)) {
            throw new ApiException(ErrorCode.PROJECT_NOT_FOUND);
        }
    }

    private IssuedApiKey require(Handle handle, UUID projectId, UUID id) {
        return keys.find(handle, projectId, id).orElseThrow(() -> new ApiException(ErrorCode.API_KEY_NOT_FOUND));
    }
}
