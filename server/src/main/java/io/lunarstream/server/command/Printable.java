package io.lunarstream.server.command;

/// Text of others as a terminal may show it: names can hold anything, but not steer the screen.
final class Printable {
    /// Unicode's sign for a character that cannot be shown.
    private static final int REPLACEMENT = 0xFFFD;

    /// Blocks that take two columns each: Hangul, CJK and its punctuation, full-width forms, pictographs.
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0xA4CF},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1FAFF},
        {0x20000, 0x3FFFD},
    };

    private Printable() {}

    /// The text in one line, without control characters and without those that change the direction of writing.
    static String line(String text) {
        return text.codePoints()
                .map(point -> steers(point) ? REPLACEMENT : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean steers(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
        };
    }

    /// How many columns a text takes on the screen.
    static int columns(String text) {
        return text.codePoints().map(Printable::columns).sum();
    }

    /// The longest beginning of a text that fits, marked where something is missing.
    static String cut(String text, int columns) {
        if (columns(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int rest = columns - 1;
        for (int point : text.codePoints().toArray()) {
            rest -= columns(point);
            if (rest < 0) {
                break;
            }
            kept.appendCodePoint(point);
        }
        return kept.append('…').toString();
    }

    private static int columns(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        for (int[] block : WIDE) {
            if (point >= block[0] && point <= block[1]) {
                return 2;
            }
        }
        return 1;
    }
}
