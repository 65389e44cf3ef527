package io.lunarstream.bench.playlist;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The attribute list of a tag. Source: RFC 8216, section 4.2.
///
/// @param values by name; quoted strings with their quotes
public record TagAttributes(Map<String, String> values) {
    private static final Pattern ATTRIBUTE = Pattern.compile("([A-Z0-9-]+)=(\"[^\"]*\"|[^\",\\s]+)(,|$)");
    private static final Pattern INTEGER = Pattern.compile("\\d{1,18}");

    public static TagAttributes of(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            if (values.put(matcher.group(1), matcher.group(2)) != null) {
                throw new IllegalArgumentException("an attribute MUST NOT appear twice (4.2): " + text);
            }
            end = matcher.end();
        }
        if (end < text.length() || text.endsWith(",")) {
            throw new IllegalArgumentException("not an attribute list (4.2): " + text);
        }
        return new TagAttributes(values);
    }

    /// The attributes of a tag from its whole line.
    static TagAttributes after(String line) {
        return of(line.substring(line.indexOf(':') + 1));
    }

    public Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public String value(String name) {
        return optional(name)
                .orElseThrow(() -> new IllegalArgumentException(name + " is REQUIRED (4.3, 4.4): " + values));
    }

    public String quoted(String name) {
        String value = value(name);
        if (value.length() < 3 || !value.startsWith("\"")) {
            throw new IllegalArgumentException(name + " is a quoted string (4.2): " + values);
        }
        return value.substring(1, value.length() - 1);
    }

    Optional<String> optionalQuoted(String name) {
        return optional(name).map(_ -> quoted(name));
    }

    /// A decimal-integer: digits, and nothing else.
    long integer(String name) {
        return integerOf(name, value(name));
    }

    static long integerOf(String name, String text) {
        if (!INTEGER.matcher(text).matches()) {
            throw new IllegalArgumentException(name + " is a decimal-integer (4.2): " + text);
        }
        return Long.parseLong(text);
    }

    BigDecimal decimal(String name) {
        return new BigDecimal(value(name));
    }

    Optional<BigDecimal> optionalDecimal(String name) {
        return optional(name).map(BigDecimal::new);
    }
}
