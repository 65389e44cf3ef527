package io.lunarstream.server.pushtoken;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.lunarstream.server.pushtoken.PushToken.Subject;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// The claims of a push token, and their form as an RS256 JWT.
///
/// | claim | holds |
/// |---|---|
/// | `sub` | livestream id |
/// | `projectId`, `mediaServerId`, `streamKey` | what it is good for |
/// | `iat`, `exp` | whole seconds |
/// | `type` | `push_token` |
/// | `jti` | its own id |
///
/// Source: the Partner API, push tokens.
///
/// @param jti its own id
/// @param subject what it is good for
/// @param issuedAt `iat`
/// @param expiresAt `exp`
public record TokenClaims(UUID jti, Subject subject, Instant issuedAt, Instant expiresAt) {

    /// Far more than a token of ours has; a longer text is not worth decoding.
    private static final int MAX_CHARS = 2048;

    private static final String TYPE = "push_token";

    String sign(RSAKey key) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(subject.livestreamId().toString())
                .claim("projectId", subject.projectId().toString())
                .claim("mediaServerId", subject.mediaServerId().toString())
                .claim("streamKey", subject.streamKey())
                .issueTime(Date.from(issuedAt))
                .expirationTime(Date.from(expiresAt))
                .claim("type", TYPE)
                .jwtID(jti.toString())
                .build();
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a key that was read can sign", e);
        }
        return jwt.serialize();
    }

    /// The claims of a token that one of our keys has signed as a push token; empty for any other text.
    ///
    /// @param keys finds the public half of a key by its `kid`
    public static Optional<TokenClaims> verify(String token, Function<String, Optional<RSAPublicKey>> keys) {
        if (token.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWSHeader header = jwt.getHeader();
            Optional<RSAPublicKey> key = Optional.ofNullable(header.getKeyID()).flatMap(keys);
            boolean signed = header.getAlgorithm().equals(JWSAlgorithm.RS256)
                    && key.isPresent()
                    && jwt.verify(new RSASSAVerifier(key.get()));
            return signed && TYPE.equals(jwt.getJWTClaimsSet().getStringClaim("type"))
                    ? Optional.of(of(jwt.getJWTClaimsSet()))
                    : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Claims that we have signed are whole.
    private static TokenClaims of(JWTClaimsSet claims) throws ParseException {
        return new TokenClaims(
                UUID.fromString(claims.getJWTID()),
                new Subject(
                        UUID.fromString(claims.getSubject()),
                        UUID.fromString(claims.getStringClaim("projectId")),
                        UUID.fromString(claims.getStringClaim("mediaServerId")),
                        claims.getStringClaim("streamKey")),
                claims.getIssueTime().toInstant(),
                claims.getExpirationTime().toInstant());
    }
}
