package io.lunarstream.server.pushtoken;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.secret.Secrets;
import io.lunarstream.server.secret.UnreadableSecretException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The RSA keys that sign push tokens: one of the [Secrets], `signing-keys.json`.
///
/// It is a JWK set with the private parts, newest first. The first key signs; all of them verify. A key that a
/// rotation has made says when (`iat`): since then the next one is retired. What is in memory follows what is stored,
/// which other nodes may have changed. Safe to call from any thread.
public final class SigningKeys {
    private static final String NAME = "signing-keys.json";
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
    /// @param since when another one took its place; nodes that did not know yet may have signed a bit longer
    record RetiredKey(String id, Instant since) {}

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    private final Secrets secrets;
    private final SecureRandom random;
    private byte[] json;
    private volatile List<RSAKey> keys;
    private final PacedLook forNewer = new PacedLook(this::refresh);
    private boolean toldThatUnreadable;

    private SigningKeys(Secrets secrets, SecureRandom random, byte[] json) {
        this.secrets = secrets;
        this.random = random;
        this.json = json;
        this.keys = parse(json);
    }

    /// The keys as they are stored; a first start makes one.
    public static SigningKeys open(Secrets secrets, SecureRandom random) {
        byte[] json =
                secrets.open(NAME, () -> write(Stream.of(generate(random, Optional.empty()))), SigningKeys::parse);
        return new SigningKeys(secrets, random, json);
    }

    /// Makes a new key, which signs from the next [#refresh] after the transaction on.
    ///
    /// @param retireNow whether the keys so far are forgotten at once
    public Rotated rotate(Handle transaction, boolean retireNow, Instant now) {
        RSAKey newest = generate(random, Optional.of(now));
        List<String> retired = new ArrayList<>();
        secrets.change(transaction, NAME, before -> {
            List<RSAKey> older = parse(before);
            if (retireNow) {
                older.forEach(key -> retired.add(key.getKeyID()));
            }
            return write(Stream.concat(Stream.of(newest), retireNow ? Stream.empty() : older.stream()));
        });
        return new Rotated(newest.getKeyID(), List.copyOf(retired));
    }

    /// Takes over what this or another node has changed.
    ///
    /// @return false if this node cannot read the keys any more: those in memory are as they were
    /// @throws io.lunarstream.server.database.DatabaseUnavailableException if it cannot look now
    public synchronized boolean refresh() {
        try {
            byte[] stored = secrets.read(NAME);
            if (!MessageDigest.isEqual(stored, json)) {
                keys = parse(stored);
                json = stored;
            }
            toldThatUnreadable = false;
            return true;
        } catch (UnreadableSecretException e) {
            if (!toldThatUnreadable) {
                LOG.error("This node goes on with the signing keys that it knows: {}", e.getMessage());
            }
            toldThatUnreadable = true;
            return false;
        }
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

    /// Forgets a retired key, which another node may have done, too.
    void drop(Handle transaction, RetiredKey retired) {
        secrets.change(
                transaction,
                NAME,
                before -> write(
                        parse(before).stream().filter(key -> !key.getKeyID().equals(retired.id()))));
    }

    private static byte[] write(Stream<RSAKey> keys) {
        String text = new JWKSet(keys.<JWK>map(key -> key).toList()).toString(/* publicKeysOnly= */ false);
        return text.getBytes(StandardCharsets.UTF_8);
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
            // Told below, without the content: it is secret.
        }
        throw new ConfigException(NAME + " in the data directory is damaged; restore it, or delete it to have a new"
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
        return find(keyId).orElseGet(this::current);
    }

    /// The public half of a key that may have signed a token.
    Optional<RSAPublicKey> publicKey(String keyId) {
        return find(keyId).map(SigningKeys::publicHalf);
    }

    /// One that is not known may just have been made by another node.
    private Optional<RSAKey> find(String keyId) {
        Optional<RSAKey> found = known(keyId);
        if (found.isPresent() || !secrets.areShared()) {
            return found;
        }
        forNewer.await();
        return known(keyId);
    }

    private Optional<RSAKey> known(String keyId) {
        return keys.stream().filter(key -> keyId.equals(key.getKeyID())).findFirst();
    }

    private static RSAPublicKey publicHalf(RSAKey key) {
        try {
            return key.toRSAPublicKey();
        } catch (JOSEException e) {
            throw new IllegalStateException("a key that was read is whole", e);
        }
    }

    /// The public halves as a JWK set. When a key was made is nobody else's matter.
    Map<String, Object> publicJwks() {
        List<JWK> published = keys.stream()
                .<JWK>map(key -> new RSAKey.Builder(key).issueTime(null).build())
                .toList();
        return new JWKSet(published).toJSONObject(/* publicKeysOnly= */ true);
    }
}
