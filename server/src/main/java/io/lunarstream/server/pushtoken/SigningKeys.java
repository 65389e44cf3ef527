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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The RSA keys that sign push tokens, in `signing-keys.json` of the data directory (0600), outside the database.
///
/// The file is a JWK set with the private parts. Its first key signs; all of them verify.
public final class SigningKeys {
    private static final String FILE = "signing-keys.json";
    private static final int KEY_BITS = 2048;

    /// Short, because an encoder's address must hold it; long enough never to repeat among a few keys.
    private static final int KEY_ID_BYTES = 4;

    private final List<RSAKey> keys;

    private SigningKeys(List<RSAKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /// The keys of a data directory; a first start makes one.
    public static SigningKeys open(DataDirectory directory, SecureRandom random) {
        Optional<byte[]> file = directory.read(FILE);
        if (file.isPresent()) {
            return new SigningKeys(parse(file.get()));
        }
        List<RSAKey> keys = List.of(generate(random));
        String json = new JWKSet(List.<JWK>copyOf(keys)).toString(/* publicKeysOnly= */ false);
        directory.writeSecret(FILE, json.getBytes(StandardCharsets.UTF_8));
        return new SigningKeys(keys);
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

    private static RSAKey generate(SecureRandom random) {
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

    /// The public halves as a JWK set.
    Map<String, Object> publicJwks() {
        return new JWKSet(List.<JWK>copyOf(keys)).toJSONObject(/* publicKeysOnly= */ true);
    }
}
