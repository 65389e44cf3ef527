package io.lunarstream.server.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// A password as it is stored: Argon2id (RFC 9106) in PHC string format,
/// `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
///
/// @param phc the whole text
record PasswordHash(String phc) {

    /// What an attack on a stolen hash costs, and a login here: 19 MiB and two passes, the least that OWASP's
    /// Password Storage Cheat Sheet advises; some 50 ms on one core.
    private static final Cost COST = new Cost(19_456, 2, 1);

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([^$]+)\\$([^$]+)");

    /// @param memoryKib of one computation, in KiB
    /// @param passes over that memory
    /// @param lanes computed side by side
    private record Cost(int memoryKib, int passes, int lanes) {}

    /// Of a new password.
    static PasswordHash of(String password, SecureRandom random) {
        byte[] salt = randomBytes(SALT_BYTES, random);
        return of(salt, argon2id(password, salt, COST, HASH_BYTES));
    }

    /// Of no password that anybody could find; costs as much to compare with as any other.
    static PasswordHash ofNothing(SecureRandom random) {
        return of(randomBytes(SALT_BYTES, random), randomBytes(HASH_BYTES, random));
    }

    private static PasswordHash of(byte[] salt, byte[] hash) {
        return new PasswordHash("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(COST.memoryKib(), COST.passes(), COST.lanes(), encoded(salt), encoded(hash)));
    }

    /// Whether this is the hash of a password; compared in constant time.
    boolean matches(String password) {
        Matcher parts = FORM.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalStateException("a stored password hash is damaged");
        }
        Cost cost = new Cost(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        byte[] hash = decoded(parts.group(5));
        return MessageDigest.isEqual(hash, argon2id(password, decoded(parts.group(4)), cost, hash.length));
    }

    private static byte[] argon2id(String password, byte[] salt, Cost cost, int hashBytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[hashBytes];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    private static byte[] randomBytes(int count, SecureRandom random) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decoded(String text) {
        return Base64.getDecoder().decode(text);
    }

    /// Without the hash.
    @Override
    public String toString() {
        return "PasswordHash[argon2id]";
    }
}
