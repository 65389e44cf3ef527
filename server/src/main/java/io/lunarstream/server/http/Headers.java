package io.lunarstream.server.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The headers of a request that the API reads, by lower-case name. Of a header sent twice, the first; of
/// `X-Forwarded-For`, all in order.
///
/// @param values by lower-case name
public record Headers(Map<String, String> values) {
    public Headers {
        values = Map.copyOf(values);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
    }
}
