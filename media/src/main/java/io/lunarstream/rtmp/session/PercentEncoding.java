package io.lunarstream.rtmp.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Percent-encoding, which encoders apply to addresses or do not. Source: RFC 3986, section 2.1.
final class PercentEncoding {
    private static final int ESCAPE_CHARS = 3;
    private static final int HEX = 16;

    private PercentEncoding() {}

    /// The text with its escapes replaced; a `%` that begins no escape stands for itself, and so does `+`.
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; ) {
            int value = escapeAt(bytes, i);
            decoded.write(value < 0 ? bytes[i] : value);
            i += value < 0 ? 1 : ESCAPE_CHARS;
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    /// The byte that an escape at `i` stands for, or -1 if there is none.
    private static int escapeAt(byte[] bytes, int i) {
        if (bytes[i] != '%' || i + ESCAPE_CHARS > bytes.length) {
            return -1;
        }
        int high = Character.digit(bytes[i + 1], HEX);
        int low = Character.digit(bytes[i + 2], HEX);
        return high < 0 || low < 0 ? -1 : high * HEX + low;
    }
}
