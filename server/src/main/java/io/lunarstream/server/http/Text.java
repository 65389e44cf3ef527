package io.lunarstream.server.http;

/// What may stand in text, and what text looks like without its surrounding blanks.
final class Text {
    private Text() {}

    /// Whether every character can be stored: no U+0000 and no unpaired surrogate.
    static boolean isStorable(String text) {
        return text.indexOf('\0') < 0 && !hasUnpairedSurrogate(text);
    }

    /// The text with unpaired surrogates, which UTF-8 cannot carry, replaced.
    static String printable(String text) {
        if (!hasUnpairedSurrogate(text)) {
            return text;
        }
        return text.codePoints()
                .map(point -> isSurrogate(point) ? '\uFFFD' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// The text without blanks of any script at its ends.
    static String stripped(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean hasUnpairedSurrogate(String text) {
        return text.codePoints().anyMatch(Text::isSurrogate);
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static boolean isBlank(char character) {
        return Character.isSpaceChar(character) || (character >= '\t' && character <= '\r');
    }
}
