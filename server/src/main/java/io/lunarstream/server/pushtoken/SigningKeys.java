package io.lunarstream.server.pushtoken;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.config.DataDirectory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The RSA keys that sign push tokens, in `signing-keys.json` of the data directory (0600), outside the database.
///
/// The file is a JWK set with the private parts, newest first. The first key signs; all of them verify. A key that a
/// rotation has made says when (`iat`): since then the next one in the file is retired. Safe to call from any thread.
public final class SigningKeys {
    private static final String FILE = "signing-keys.json";
    private static final int KEY_BITS = 2048;

    /// Short, because an encoder's address must hold it; long enough never to repeat among a few keys.
    private static final int KEY_ID_BYTES = 4;

    /// What a rotation has done.
    ///
    /// @param keyId `kid` of the key that signs from now on
    /// @param retired the keys that verify nothing any more
    public record Rotated(String keyId, List<String> retired) {}

    /// A key that verifies and no longer signs.
    ///
    /// @param since when it signed the last time, at the latest
    record RetiredKey(String id, Instant since) {}

    private final DataDirectory directory;
    private final SecureRandom random;
    private volatile List<RSAKey> keys;

    private SigningKeys(DataDirectory directory, SecureRandom random, List<RSAKey> keys) {
        this.directory = directory;
        this.random = random;
        this.keys = List.copyOf(keys);
    }

    /// The keys of a data directory; a first start makes one.
    public static SigningKeys open(DataDirectory directory, SecureRandom random) {
        Optional<byte[]> file = directory.read(FILE);
        if (file.isPresent()) {
            return new SigningKeys(directory, random, parse(file.get()));
        }
        List<RSAKey> first = List.of(generate(random, Optional.empty()));
        write(directory, first);
        return new SigningKeys(directory, random, first);
    }

    /// Signs with a new key from now on, which is on the disk on return.
    ///
    /// @param retireNow whether the keys so far are forgotten at once
    public synchronized Rotated rotate(boolean retireNow, Instant now) {
        List<RSAKey> older = keys;
        RSAKey newest = generate(random, Optional.of(now));
        replace(Stream.concat(Stream.of(newest), retireNow ? Stream.empty() : older.stream())
                .toList());
        List<String> retired = retireNow ? older.stream().map(RSAKey::getKeyID).toList() : List.of();
        return new Rotated(newest.getKeyID(), retired);
    }

    /// The keys that no longer sign.
    List<RetiredKey> retired() {
        List<RSAKey> all = keys;
        return IntStream.range(1, all.size())
                .mapToObj(i -> new RetiredKey(all.get(i).getKeyID(), madeAt(all.get(i - 1))))
                .toList();
    }

    private static Instant madeAt(RSAKey key) {
        return Optional.ofNullable(key.getIssueTime()).map(Date::toInstant).orElse(Instant.EPOCH);
    }

    /// Forgets a retired key.
    synchronized void drop(RetiredKey retired) {
        replace(keys.stream()
                .filter(key -> !key.getKeyID().equals(retired.id()))
                .toList());
    }

    private void replace(List<RSAKey> changed) {
        write(directory, changed);
        keys = changed;
    }

    private static void write(DataDirectory directory, List<RSAKey> keys) {
        String json = new JWKSet(List.<JWK>copyOf(keys)).toString(/* publicKeysOnly= */ false);
        directory.writeSecret(FILE, json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<RSAKey> parse(byte[] json) {
        try {
            List<RSAKey> keys = JWKSet.parse(new String(json, StandardCharsets.UTF_8)).getKeys().stream()
                    .filter(RSAKey.class::isInstance)
                    .map(JWK::toRSAKey)
                    .toList();
            if (!keys.isEmpty() && keys.stream().allMatch(key -> key.isPrivate() && key.getKeyID() != null)) {
                return keys;
            }
        } catch (ParseException e) {
            // Told below, without the file's content: it is secret.
        }
        throw new ConfigException(FILE + " in the data directory is damaged; restore it, or delete it to have a new"
                + " key made: push tokens signed with the old one are refused then");
    }

    private static RSAKey generate(SecureRandom random, Optional<Instant> madeAt) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] id = new byte[KEY_ID_BYTES];
            random.nextBytes(id);
            return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                    .privateKey(pair.getPrivate())
                    .keyID(HexFormat.of().formatHex(id))
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .issueTime(madeAt.map(Date::from).orElse(null))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    /// The key that signs new tokens.
    RSAKey current() {
        return keys.getFirst();
    }

    /// The key of a name; the current one if there is no such key any more.
    RSAKey named(String keyId) {
        return keys.stream()
                .filter(key -> keyId.equals(key.getKeyID()))
                .findFirst()
                .orElseGet(this::current);
    }

    /// The public half of a key that may have signed a token.
    Optional<RSAPublicKey> publicKey(String keyId) {
        return keys.stream()
                .filter(key -> keyId.equals(key.getKeyID()))
                .findFirst()
                .map(SigningKeys::publicHalf);
    }

    private static RSAPublicKey publicHalf(RSAKey key) {
        try {
            return key.toRSAPublicKey();
        } catch (JOSEException e) {
            throw new IllegalStateException("a key that was read is whole", e);
        }
    }

    /// The public halves as a JWK set. When a key was made is the file's own matter.
    Map<String, Object> publicJwks() {
        List<JWK> published = keys.stream()
                .<JWK>map(key -> new RSAKey.Builder(key).issueTime(null).build())
                .toList();
        return new JWKSet(published).toJSONObject(/* publicKeysOnly= */ true);
    }
}
