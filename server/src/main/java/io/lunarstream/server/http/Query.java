package io.lunarstream.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters of a request's query.
///
/// @param values every value of a name that was given, in order; one that is not correctly encoded is empty
public record Query(Map<String, List<Optional<String>>> values) {
    private static final int HEX = 16;

    public static Query parse(String rawQuery) {
        Map<String, List<Optional<String>>> values = new HashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            decode(name, /* plusIsBlank= */ true)
                    .ifPresent(key -> values.computeIfAbsent(key, ignored -> new ArrayList<>())
                            .add(decode(value, /* plusIsBlank= */ true)));
        }
        return new Query(values);
    }

    /// Whether a name was given, with or without a value that can be read.
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /// The first value of a name; empty if it was not given, or is not correctly encoded.
    public Optional<String> first(String name) {
        return of(name).stream().findFirst().flatMap(value -> value);
    }

    /// The values of a name; none if it was not given.
    List<Optional<String>> of(String name) {
        return values.getOrDefault(name, List.of());
    }

    /// Undoes percent-encoding strictly; empty if the text is not correctly encoded UTF-8.
    static Optional<String> decode(String text, boolean plusIsBlank) {
        if (text.indexOf('%') < 0 && !(plusIsBlank && text.indexOf('+') >= 0)) {
            return Optional.of(text);
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] == '%') {
                int value = i + 2 < encoded.length ? hexPair(encoded[i + 1], encoded[i + 2]) : -1;
                if (value < 0) {
                    return Optional.empty();
                }
                decoded.put((byte) value);
                i += 2;
            } else {
                decoded.put(plusIsBlank && encoded[i] == '+' ? (byte) ' ' : encoded[i]);
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static int hexPair(byte high, byte low) {
        int highDigit = Character.digit(high, HEX);
        int lowDigit = Character.digit(low, HEX);
        return highDigit < 0 || lowDigit < 0 ? -1 : highDigit * HEX + lowDigit;
    }
}
