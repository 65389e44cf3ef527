package io.lunarstream.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.secret.Secrets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/// Access tokens of operators: HS256 JWTs, signed with a key of their own that nobody else needs to know.
///
/// | claim | holds |
/// |---|---|
/// | `sub` | account id |
/// | `iat`, `exp` | whole seconds |
/// | `type` | `access_token` |
/// | `jti` | its own id |
///
/// The key is one of the [Secrets], `access-token-key`: deleting it ends all access tokens at the next start.
/// Source: the Partner API, people.
public final class AccessTokens {
    /// How long a token is good: it cannot be revoked, so it is short.
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final String NAME = "access-token-key";

    /// As many bits as the hash: RFC 7518, section 3.2.
    private static final int KEY_BYTES = 32;

    private static final String TYPE = "access_token";

    /// Far more than a token of ours has; a longer text is not worth decoding.
    private static final int MAX_CHARS = 1024;

    private final byte[] key;
    private final InstantSource clock;

    private AccessTokens(byte[] key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /// With the key that was made by the first start.
    public static AccessTokens open(Secrets secrets, SecureRandom random, InstantSource clock) {
        return new AccessTokens(secrets.open(NAME, () -> make(random), AccessTokens::check), clock);
    }

    /// With a key that nobody knows, for a program that ends logins and begins none.
    public static AccessTokens unknownToOthers(SecureRandom random, InstantSource clock) {
        return new AccessTokens(make(random), clock);
    }

    private static byte[] make(SecureRandom random) {
        byte[] made = new byte[KEY_BYTES];
        random.nextBytes(made);
        return made;
    }

    private static void check(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new ConfigException(NAME + " in the data directory is damaged; delete it to have a new one made:"
                    + " operators must log in again then");
        }
    }

    /// A new token, good for [#LIFETIME].
    public String sign(UUID accountId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(accountId.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .claim("type", TYPE)
                .jwtID(UUID.randomUUID().toString())
                .build();
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            jwt.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a key of 32 bytes can sign", e);
        }
        return jwt.serialize();
    }

    /// The operator that a token of ours names, while it is good.
    public Optional<Principal.Administrator> authenticate(String token) {
        if (token.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            boolean signed =
                    jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) && jwt.verify(new MACVerifier(key));
            return signed ? administrator(jwt.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Principal.Administrator> administrator(JWTClaimsSet claims) throws ParseException {
        boolean good = TYPE.equals(claims.getStringClaim("type"))
                && claims.getExpirationTime().toInstant().isAfter(clock.instant());
        return good ? Optional.of(new Principal.Administrator(UUID.fromString(claims.getSubject()))) : Optional.empty();
    }
}
