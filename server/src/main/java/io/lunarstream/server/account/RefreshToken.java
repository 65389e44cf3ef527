package io.lunarstream.server.account;

import io.lunarstream.server.auth.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// A secret that buys one access token and one refresh token: `ls_refresh_v1_` and 32 random bytes as 43 base64url
/// characters. Only its SHA-256 is stored: 256 random bits need no slow hash.
final class RefreshToken {
    /// How long an operator may stay away before they must log in again.
    static final Duration LIFETIME = Duration.ofDays(30);

    private static final String PREFIX = "ls_refresh_v1_";
    private static final int RANDOM_BYTES = 32;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    private final String text;

    private RefreshToken(String text) {
        this.text = text;
    }

    static RefreshToken generate(SecureRandom random) {
        byte[] secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        return new RefreshToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /// The token that a text is; empty if it has not the form of one.
    static Optional<RefreshToken> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new RefreshToken(text)) : Optional.empty();
    }

    String secretText() {
        return text;
    }

    /// What is stored of it, in hex.
    String sha256() {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Without the secret.
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
