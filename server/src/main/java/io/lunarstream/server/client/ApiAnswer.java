package io.lunarstream.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/// What the API says to a request. Source: the Partner API, conventions and errors.
public sealed interface ApiAnswer {

    /// The request was carried out.
    ///
    /// @param data what was asked for
    /// @param meta of a list: its `pagination`
    record Accepted(JsonNode data, JsonNode meta) implements ApiAnswer {}

    /// The request was refused.
    ///
    /// @param code the stable machine word; empty if whoever answered gave none
    /// @param details a line per fault of the input
    /// @param requestId names the request in the server's log; may be empty
    /// @param retryAfterSeconds when to try again, where that is known
    record Refused(
            int status,
            String message,
            String code,
            List<String> details,
            String requestId,
            OptionalLong retryAfterSeconds)
            implements ApiAnswer {

        public Refused {
            details = List.copyOf(details);
        }

        static Refused of(int status, JsonNode body) {
            List<String> details = StreamSupport.stream(body.path("details").spliterator(), /* parallel= */ false)
                    .map(detail -> detail.path("message").asText())
                    .toList();
            JsonNode retryAfter = body.path("retryAfter");
            return new Refused(
                    status,
                    body.path("message").asText(),
                    body.path("code").asText(),
                    details,
                    body.path("requestId").asText(),
                    retryAfter.isIntegralNumber() ? OptionalLong.of(retryAfter.asLong()) : OptionalLong.empty());
        }
    }
}
