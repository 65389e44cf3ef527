package io.lunarstream.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// An account's tokens for one API. Source: the Partner API, "People: accounts, admin".
///
/// @param accessTokenExpiresAt by this machine's clock
/// @param refreshToken good for one use
record Login(String email, String accessToken, Instant accessTokenExpiresAt, String refreshToken) {
    /// A token is replaced this long before its end: a request takes time, too.
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /// From the answer to a login or a refresh.
    static Login of(String email, JsonNode data, Instant now) {
        return new Login(
                email,
                data.path("accessToken").asText(),
                now.plusSeconds(data.path("expiresIn").asLong()),
                data.path("refreshToken").asText());
    }

    boolean isFresh(Instant now) {
        return now.plus(MARGIN).isBefore(accessTokenExpiresAt);
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("email", email)
                .put("accessToken", accessToken)
                .put("accessTokenExpiresAt", accessTokenExpiresAt.toString())
                .put("refreshToken", refreshToken);
    }

    /// Empty if the JSON is not what [#toJson()] makes.
    static Optional<Login> ofJson(JsonNode json) {
        try {
            return Optional.of(new Login(
                    json.path("email").asText(),
                    json.path("accessToken").asText(),
                    Instant.parse(json.path("accessTokenExpiresAt").asText()),
                    json.path("refreshToken").asText()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Login[" + email + "]";
    }
}
