package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.DatabaseUnavailableException;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.livestream.IdempotencyKeyRepository.Used;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rules of `Idempotency-Key`: a request that is sent again is not done again.
///
/// | what happens | mark of the key |
/// |---|---|
/// | a request begins | running, for a minute; then the key is free, whatever became of the request |
/// | it succeeds | answered, for a day; written together with what the request has made |
/// | it fails | none |
///
/// Source: the Partner API, partner endpoints.
final class IdempotencyKeys {
    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyKeys.class);

    /// Longer than any request takes; only a program that has died leaves a mark this old.
    private static final Duration RUNNING_FOR = Duration.ofSeconds(60);

    private static final Duration ANSWERED_FOR = Duration.ofHours(24);

    /// What a request has made that was answered with success.
    ///
    /// @param jti the token that the response carried
    record Made(UUID livestreamId, UUID jti) {}

    private final Database database;
    private final IdempotencyKeyRepository repository = new IdempotencyKeyRepository();
    private final InstantSource clock;

    IdempotencyKeys(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Begins a request, or finds what it has made before.
    ///
    /// @param livestreamId what the request is going to make
    /// @throws ApiException if the key belongs to another body or to a request that is running
    Optional<Made> begin(IdempotencyKey key, UUID livestreamId) {
        return database.write(transaction -> {
            Instant now = clock.instant();
            repository.deleteExpired(transaction, now);
            if (repository.insert(transaction, key, livestreamId, now.plus(RUNNING_FOR))) {
                return Optional.empty();
            }
            return Optional.of(made(repository.find(transaction, key).orElseThrow(IdempotencyKeys::running), key));
        });
    }

    private static Made made(Used used, IdempotencyKey key) {
        if (!used.bodySha256().equals(key.bodySha256())) {
            throw new ApiException(ErrorCode.IDEMPOTENCY_KEY_REUSED);
        }
        return new Made(used.livestreamId(), used.jti().orElseThrow(IdempotencyKeys::running));
    }

    private static ApiException running() {
        return new ApiException(ErrorCode.IDEMPOTENCY_IN_PROGRESS);
    }

    /// Notes what a request has made, in the transaction that makes it.
    ///
    /// @throws ApiException if the request took so long that another one with its key has begun
    void finish(Handle transaction, IdempotencyKey key, Made made) {
        Instant expiresAt = clock.instant().plus(ANSWERED_FOR);
        if (!repository.complete(transaction, key, made.livestreamId(), made.jti(), expiresAt)) {
            throw running();
        }
    }

    /// Frees the key of a request that has failed.
    void abandon(IdempotencyKey key, UUID livestreamId) {
        try {
            database.run(handle -> repository.free(handle, key, livestreamId));
        } catch (DatabaseUnavailableException e) {
            LOG.debug("an idempotency key stays taken for a minute: {}", e.getMessage());
        }
    }
}
