package io.lunarstream.server.pushtoken;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.config.DataDirectory;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.live.PublishDecision;
import io.lunarstream.server.live.PublishDecision.Permitted;
import io.lunarstream.server.live.PublishDecision.Refused;
import io.lunarstream.server.live.PublishPermit;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.live.PublishRequest;
import io.lunarstream.server.livestream.ToldBroadcasts;
import io.lunarstream.server.secret.Secrets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is let in with which push token, and in which words the others are refused. Partner API, section 4.
class PushTokensIT {
    private static final Duration LEEWAY = Duration.ofSeconds(5);

    private final MutableClock clock = new MutableClock();
    private final TestServer server;
    private final Database database;
    private final SigningKeys keys;
    private final OpaqueTokens opaqueTokens;
    private final JsonNode livestream;

    PushTokensIT(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of("LUNAR_PUSH_TOKEN_LEEWAY", "5s"));
        database = server.database();
        Secrets secrets = Secrets.in(DataDirectory.open(folder), database, Optional.empty());
        keys = SigningKeys.open(secrets, new SecureRandom());
        opaqueTokens = OpaqueTokens.open(secrets, new SecureRandom());
        livestream = server.create("a", ",\"expiresIn\":60");
    }

    @AfterEach
    void stop() {
        database.close();
        server.close();
    }

    @Test
    void aTokenAsTheApiGaveItIsPermittedUntilTheDeadline() {
        PublishDecision decision = decide(streamKey(), token());
        assertThat(decision).isInstanceOfSatisfying(Permitted.class, permitted -> {
            PublishPermit permit = permitted.permit();
            assertThat(permit.livestreamId())
                    .hasToString(livestream.required("id").asText());
            assertThat(permit.streamKey()).isEqualTo(streamKey());
            assertThat(permit.deadline()).isEqualTo(deadline().plus(LEEWAY));
            assertThat(permit.keyframeInterval()).isEmpty();
        });
    }

    @Test
    void aNewerTokenMovesTheDeadlineOfThePermitOfAnOlderOne() {
        String older = token();
        JsonNode newer = generate(",\"expiresIn\":7200");
        assertThat(decide(streamKey(), older))
                .isInstanceOfSatisfying(
                        Permitted.class,
                        permitted -> assertThat(permitted.permit().deadline())
                                .isEqualTo(Instant.parse(
                                                newer.required("expiresAt").asText())
                                        .plus(LEEWAY)));
    }

    @Test
    void aTokenIsExpiredFromItsExpiryAndTheLeewayOn() {
        String token = token();
        clock.advance(Duration.between(clock.instant(), deadline().plus(LEEWAY)).minusMillis(1));
        assertThat(decide(streamKey(), token)).isInstanceOf(Permitted.class);
        clock.advance(Duration.ofMillis(1));
        assertRefused(PublishRefusal.EXPIRED_PUSH_TOKEN, streamKey(), token);
    }

    @Test
    void aTokenForAnotherStreamOrMediaServerDoesNotMatch() {
        String other = server.create("c").required("streamKey").asText();
        assertRefused(PublishRefusal.TOKEN_MISMATCH, other, token());
        assertRefused(PublishRefusal.TOKEN_MISMATCH, "nonsense", token());
        PublishDecision elsewhere = pushTokens().verify(streamKey(), token(), UUID.randomUUID());
        assertThat(elsewhere).isEqualTo(new Refused(PublishRefusal.TOKEN_MISMATCH));
    }

    @Test
    void aRevokedTokenIsInvalidEvenIfItHasExpiredToo() {
        String old = token();
        String renewed =
                generate(",\"revokePrevious\":true").required("pushToken").asText();
        assertRefused(PublishRefusal.INVALID_PUSH_TOKEN, streamKey(), old);
        assertThat(decide(streamKey(), renewed)).isInstanceOf(Permitted.class);
        clock.advance(Duration.ofMinutes(2));
        assertRefused(PublishRefusal.INVALID_PUSH_TOKEN, streamKey(), old);
    }

    @Test
    void anExpiredTokenIsExpiredEvenIfItDoesNotMatchToo() {
        String token = token();
        clock.advance(Duration.ofMinutes(2));
        assertRefused(PublishRefusal.EXPIRED_PUSH_TOKEN, "nonsense", token);
    }

    @Test
    void aTokenOfADeletedLivestreamIsInvalid() {
        server.delete("/livestream/" + livestream.required("id").asText());
        assertRefused(PublishRefusal.INVALID_PUSH_TOKEN, streamKey(), token());
    }

    @Test
    void endingABroadcastMakesEveryTokenSoFarInvalidAndNotTheNextOne() {
        String second = generate("").required("pushToken").asText();
        String id = livestream.required("id").asText();
        try (ToldBroadcasts broadcasts = new ToldBroadcasts(server, clock)) {
            broadcasts.playable(UUID.fromString(id), clock.instant());
        }
        assertThat(server.end(id).status()).isEqualTo(200);
        assertRefused(PublishRefusal.INVALID_PUSH_TOKEN, streamKey(), token());
        assertRefused(PublishRefusal.INVALID_PUSH_TOKEN, streamKey(), second);
        String next = generate("").required("pushToken").asText();
        assertThat(decide(streamKey(), next)).isInstanceOf(Permitted.class);
    }

    @Test
    void aTokenFromBeforeAMoveToAnotherMediaServerDoesNotMatch() {
        UUID elsewhere = server.makeMediaServer("elsewhere");
        server.patch("/livestream/" + livestream.required("id").asText(), "{\"mediaServerId\":\"" + elsewhere + "\"}");
        assertRefused(PublishRefusal.TOKEN_MISMATCH, streamKey(), token());
        assertThat(pushTokens().verify(streamKey(), token(), elsewhere))
                .isEqualTo(new Refused(PublishRefusal.TOKEN_MISMATCH));
        String next = generate("").required("pushToken").asText();
        assertThat(pushTokens().verify(streamKey(), next, elsewhere)).isInstanceOf(Permitted.class);
    }

    @Test
    void textThatIsNoTokenIsInvalid() {
        String token = token();
        for (String text : new String[] {
            "",
            "x",
            "a.b.c",
            "..",
            token.substring(0, token.length() - 2),
            token + "A",
            "A" + token,
            "A".repeat(100_000),
        }) {
            assertRefused(PublishRefusal.INVALID_PUSH_TOKEN, streamKey(), text);
        }
    }

    @Test
    void onlyRs256ByAKnownKeyIsASignature() throws Exception {
        JWTClaimsSet claims = claims();
        RSAKey ours = keys.current();
        RSAKey stranger = new RSAKeyGenerator(2048).keyID(ours.getKeyID()).generate();
        String unsigned = new PlainJWT(claims).serialize();
        String withPublicKeyAsSecret = hmac(claims, ours);
        assertRefused(PublishRefusal.INVALID_PUSH_TOKEN, streamKey(), unsigned);
        assertRefused(PublishRefusal.INVALID_PUSH_TOKEN, streamKey(), withPublicKeyAsSecret);
        assertRefused(
                PublishRefusal.INVALID_PUSH_TOKEN,
                streamKey(),
                sign(claims, stranger, JWSAlgorithm.RS256, ours.getKeyID()));
        assertRefused(
                PublishRefusal.INVALID_PUSH_TOKEN, streamKey(), sign(claims, ours, JWSAlgorithm.RS256, "unknown"));
        assertRefused(
                PublishRefusal.INVALID_PUSH_TOKEN,
                streamKey(),
                sign(claims, ours, JWSAlgorithm.RS512, ours.getKeyID()));
        assertThat(decide(streamKey(), sign(claims, ours, JWSAlgorithm.RS256, ours.getKeyID())))
                .isInstanceOf(Permitted.class);
    }

    @Test
    void aTokenOfAnotherTypeOrUnknownToTheDatabaseIsInvalid() throws Exception {
        RSAKey ours = keys.current();
        JWTClaimsSet otherType =
                new JWTClaimsSet.Builder(claims()).claim("type", "access_token").build();
        JWTClaimsSet unknown = new JWTClaimsSet.Builder(claims())
                .jwtID(UUID.randomUUID().toString())
                .build();
        assertRefused(
                PublishRefusal.INVALID_PUSH_TOKEN,
                streamKey(),
                sign(otherType, ours, JWSAlgorithm.RS256, ours.getKeyID()));
        assertRefused(
                PublishRefusal.INVALID_PUSH_TOKEN,
                streamKey(),
                sign(unknown, ours, JWSAlgorithm.RS256, ours.getKeyID()));
    }

    @Test
    void theClaimsAreThoseOfTheContractAndTheJwksVerifiesThem() throws Exception {
        SignedJWT jwt = SignedJWT.parse(token());
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        assertThat(claims.getClaims().keySet())
                .containsExactlyInAnyOrder(
                        "sub", "projectId", "mediaServerId", "streamKey", "iat", "exp", "type", "jti");
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(deadline()));
        assertThat(claims.getStringClaim("projectId")).isEqualTo(server.projectId());
        String jwks = server.send(server.request("//.well-known/jwks.json"))
                .response()
                .body();
        RSAKey published =
                JWKSet.parse(jwks).getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey();
        assertThat(published.isPrivate()).isFalse();
        assertThat(jwt.verify(new RSASSAVerifier(published))).isTrue();
    }

    @Test
    void theWholeAddressStaysUnderWhatFfmpegKeeps() {
        String server60 = "rtmp://" + "h".repeat(60) + ":65535/live";
        String address =
                server60 + "/" + livestream.required("streamKeyWithToken").asText();
        assertThat(address).hasSizeLessThan(1000);
    }

    @Test
    void anAuthorizerWithoutItsDatabaseFailsClosed() {
        PushTokenAuthorizer authorizer = new PushTokenAuthorizer(pushTokens(), UUID.fromString(server.mediaServerId()));
        PublishRequest request = new PublishRequest(streamKey(), token(), "127.0.0.1");
        assertThat(authorizer.authorize(request).toCompletableFuture().join()).isInstanceOf(Permitted.class);
        database.close();
        assertThat(authorizer.authorize(request).toCompletableFuture().join())
                .isEqualTo(new Refused(PublishRefusal.UNAVAILABLE));
    }

    private PushTokens pushTokens() {
        return new PushTokens(database, new PushTokenRepository(), keys, opaqueTokens, LEEWAY, clock);
    }

    private PublishDecision decide(String streamKey, String token) {
        return pushTokens().verify(streamKey, token, UUID.fromString(server.mediaServerId()));
    }

    private void assertRefused(PublishRefusal reason, String streamKey, String token) {
        assertThat(decide(streamKey, token)).isEqualTo(new Refused(reason));
    }

    private JsonNode generate(String more) {
        return server.post(
                        "/livestream/generate-push-token",
                        "{\"livestreamId\":\"" + livestream.required("id").asText() + "\"" + more + "}")
                .data();
    }

    private String streamKey() {
        return livestream.required("streamKey").asText();
    }

    private String token() {
        return livestream.required("pushToken").asText();
    }

    private Instant deadline() {
        return Instant.parse(livestream.required("pushTokenExpiresAt").asText());
    }

    private JWTClaimsSet claims() throws ParseException {
        return SignedJWT.parse(token()).getJWTClaimsSet();
    }

    private static String sign(JWTClaimsSet claims, RSAKey key, JWSAlgorithm algorithm, String keyId)
            throws JOSEException {
        SignedJWT jwt =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private static String hmac(JWTClaimsSet claims, RSAKey key) throws JOSEException {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build();
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        return jwt.serialize();
    }
}
