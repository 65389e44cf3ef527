package io.lunarstream.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/// What a media server outside this process proves itself with: `ls_ms_v1_` and 32 random bytes as 43 base64url
/// characters.
///
/// Only its SHA-256 is stored: 256 random bits need no slow hash. Source: the Partner API, push-auth.
public final class MediaServerSecret {
    private static final String PREFIX = "ls_ms_v1_";
    private static final int RANDOM_BYTES = 32;

    private final String text;

    private MediaServerSecret(String text) {
        this.text = text;
    }

    /// A new secret from a secure random source.
    public static MediaServerSecret generate(SecureRandom random) {
        byte[] secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        return new MediaServerSecret(
                PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /// The whole secret, to be shown once.
    public String secretText() {
        return text;
    }

    /// What is stored of it, in hex.
    public String sha256() {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Without the secret.
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
