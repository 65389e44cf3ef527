package io.lunarstream.server.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that the API signs push tokens with: their public halves, as it publishes them. Kept while the API is away.
///
/// Source: the Partner API, push tokens (`/.well-known/jwks.json`).
final class PublicKeys {
    private static final Logger LOG = LoggerFactory.getLogger(PublicKeys.class);

    private static final String PATH = "/.well-known/jwks.json";

    /// As long as the API says that they may be kept.
    private static final Duration FRESH = Duration.ofSeconds(60);

    /// How soon they are read again for the sake of a key that is unknown: anybody can make up a `kid`.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ApiNodes api;
    private final InstantSource clock;
    private Map<String, RSAPublicKey> keys = Map.of();
    private Instant readAt = Instant.MIN;
    private Instant triedAt = Instant.MIN;

    PublicKeys(ApiNodes api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
    }

    /// A key. They are read again if it is time to, or if this one is unknown.
    ///
    /// @param keyId `kid`
    /// @return empty if there is no such key
    /// @throws ApiAwayException if it is unknown, and the API cannot be asked
    synchronized Optional<RSAPublicKey> find(String keyId) {
        Instant now = clock.instant();
        boolean isStale = !now.isBefore(readAt.plus(FRESH));
        if ((isStale || !keys.containsKey(keyId)) && !now.isBefore(triedAt.plus(PAUSE))) {
            readAgain();
        }
        Optional<RSAPublicKey> found = Optional.ofNullable(keys.get(keyId));
        if (found.isEmpty() && !api.isThere()) {
            throw new ApiAwayException("the API is away, and key " + keyId + " is unknown");
        }
        return found;
    }

    private void readAgain() {
        try {
            keys = parse(api.get(PATH));
            readAt = clock.instant();
        } catch (ApiAwayException e) {
            LOG.debug("public keys of push tokens are kept as they are: {}", e.getMessage());
        } finally {
            triedAt = clock.instant();
        }
    }

    private static Map<String, RSAPublicKey> parse(JsonNode json) {
        try {
            Map<String, RSAPublicKey> parsed = new HashMap<>();
            for (JWK key : JWKSet.parse(json.toString()).getKeys()) {
                if (key instanceof RSAKey rsa && rsa.getKeyID() != null) {
                    parsed.put(rsa.getKeyID(), rsa.toRSAPublicKey());
                }
            }
            return Map.copyOf(parsed);
        } catch (ParseException | JOSEException e) {
            throw new ApiAwayException("its public keys cannot be read: " + e.getMessage());
        }
    }
}
