package io.lunarstream.server.pushtoken;

import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Makes opaque push tokens: 48 characters without meaning, for media servers that cut long stream names.
///
/// A token is the HMAC-SHA-512 of its `jti`, cut to 36 bytes, in base64url. So the same one can be made again for a
/// request that is repeated, although the database holds no more than its hash. The key is one of the [Secrets],
/// `opaque-token-key`.
public final class OpaqueTokens {
    private static final String NAME = "opaque-token-key";
    private static final int KEY_BYTES = 64;
    private static final int TOKEN_BYTES = 36;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{48}");
    private static final String ALGORITHM = "HmacSHA512";

    private final SecretKey key;

    private OpaqueTokens(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /// With the key that was made by the first start.
    public static OpaqueTokens open(Secrets secrets, SecureRandom random) {
        return new OpaqueTokens(secrets.open(NAME, () -> make(random), OpaqueTokens::check));
    }

    private static byte[] make(SecureRandom random) {
        byte[] made = new byte[KEY_BYTES];
        random.nextBytes(made);
        return made;
    }

    private static void check(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new ConfigException(NAME + " in the data directory is damaged; restore it, or delete it to have a"
                    + " new one made: tokens stay valid, but requests repeated with an Idempotency-Key get one that"
                    + " is not");
        }
    }

    /// Whether a text looks like an opaque token. A JWT never does: it has dots.
    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /// The token of an id; always the same.
    String token(UUID jti) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] code = mac.doFinal(("push_token:" + jti).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(code, TOKEN_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-512", e);
        }
    }
}
