package io.lunarstream.server.auth;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// A project's secret: `ls_proj_v1_` and 32 random bytes as 43 base64url characters.
///
/// Only its SHA-256 is stored: 256 random bits need no slow hash. Source: the Partner API, conventions.
public final class ApiKey {
    private static final int RANDOM_BYTES = 32;
    private static final int PREFIX_CHARS = "ls_proj_v1_".length() + 4;
    private static final Pattern FORM = Pattern.compile("ls_proj_v1_[A-Za-z0-9_-]{43}");

    private final String text;

    private ApiKey(String text) {
        this.text = text;
    }

    /// A new key from a secure random source.
    public static ApiKey generate(SecureRandom random) {
        byte[] secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        return new ApiKey(
                "ls_proj_v1_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /// The key in a header's text; empty if it has not the form of one.
    static Optional<ApiKey> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ApiKey(text)) : Optional.empty();
    }

    /// The whole key, to be shown once.
    public String secretText() {
        return text;
    }

    /// The first characters, which tell keys apart by sight and give nothing away.
    String prefix() {
        return text.substring(0, PREFIX_CHARS);
    }

    /// What is stored of the key, in hex.
    String sha256() {
        return Sha256.hex(text);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return prefix() + "…";
    }
}
