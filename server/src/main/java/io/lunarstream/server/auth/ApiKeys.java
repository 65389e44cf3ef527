package io.lunarstream.server.auth;

import io.lunarstream.server.auth.ApiKeyRepository.StoredKey;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.DatabaseUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Checks API keys: which project, if any, does the key in a header stand for?
public final class ApiKeys {

    /// How stale `last_used_at` may be: a write for each request would cost more than the request.
    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);

    private final Database database;
    private final ApiKeyRepository repository;
    private final InstantSource clock;

    /// When the use of a key was last written down. Holds only keys that exist, so strangers cannot make it grow.
    private final Map<UUID, Instant> usesWritten = new ConcurrentHashMap<>();

    public ApiKeys(Database database, ApiKeyRepository repository, InstantSource clock) {
        this.database = database;
        this.repository = repository;
        this.clock = clock;
    }

    /// The principal that a header's text proves; empty for anything but a key that exists and is not revoked.
    public Optional<Principal.Partner> authenticate(String headerText) {
        Optional<StoredKey> known = ApiKey.parse(headerText).flatMap(this::find);
        known.ifPresent(key -> noteUse(key.id()));
        return known.map(key -> new Principal.Partner(key.projectId(), key.id()));
    }

    private Optional<StoredKey> find(ApiKey key) {
        String sha256 = key.sha256();
        return database.read(handle -> repository.find(handle, sha256))
                .filter(stored -> Sha256.equalInConstantTime(stored.sha256(), sha256));
    }

    private void noteUse(UUID keyId) {
        Instant now = clock.instant();
        Instant due = now.minus(USE_RESOLUTION);
        Instant last = usesWritten.putIfAbsent(keyId, now);
        boolean isDue = last == null || (!last.isAfter(due) && usesWritten.replace(keyId, last, now));
        if (isDue) {
            Thread.ofVirtual().name("api-key-use").start(() -> writeUse(keyId, now));
        }
    }

    private void writeUse(UUID keyId, Instant now) {
        try {
            database.run(handle -> repository.touch(handle, keyId, now));
        } catch (DatabaseUnavailableException e) {
            usesWritten.remove(keyId, now);
        }
    }
}
