package io.lunarstream.server.account;

import io.lunarstream.server.http.ApiError;
import io.lunarstream.server.http.ApiException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Hashes and checks passwords, a few at a time.
final class Passwords {

    /// Each takes a core and 19 MiB for some 50 ms: logins must not starve the media plane.
    private static final int MAX_AT_WORK = 2;

    /// As long as a request waits for the database.
    private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /// Entropy of a password that nobody needs to remember: 144 bits, 24 characters.
    private static final int GENERATED_BYTES = 18;

    private final SecureRandom random;
    private final Semaphore atWork = new Semaphore(MAX_AT_WORK, /* fair= */ true);

    /// What the password of an unknown account is compared with, so that it takes as long as any other.
    private final PasswordHash nobodys;

    Passwords(SecureRandom random) {
        this.random = random;
        this.nobodys = PasswordHash.ofNothing(random);
    }

    /// A new password.
    String generate() {
        byte[] secret = new byte[GENERATED_BYTES];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    PasswordHash hash(String password) {
        return PasswordHash.of(password, random);
    }

    /// Whether a password is right; takes as long for an account that is not there.
    ///
    /// @throws ApiException if too many passwords are being checked
    boolean matches(Optional<PasswordHash> stored, String password) {
        takeTurn();
        try {
            return stored.orElse(nobodys).matches(password) && stored.isPresent();
        } finally {
            atWork.release();
        }
    }

    private void takeTurn() {
        try {
            if (!atWork.tryAcquire(QUEUE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ApiException(ApiError.unavailable(RETRY_AFTER));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(ApiError.unavailable(RETRY_AFTER));
        }
    }
}
