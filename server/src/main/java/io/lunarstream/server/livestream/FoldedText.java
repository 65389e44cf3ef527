package io.lunarstream.server.livestream;

/// Text for comparing without regard to case, the same on every database.
final class FoldedText {
    private FoldedText() {}

    /// Folded character by character, so that a part of a text folds to a part of the folded text.
    static String fold(String text) {
        return text.codePoints()
                .map(point -> Character.toLowerCase(Character.toUpperCase(point)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// The pattern for SQL's `like … escape '!'` that finds a part of a folded text.
    static String partPattern(String part) {
        String literal = fold(part).replace("!", "!!").replace("%", "!%").replace("_", "!_");
        return "%" + literal + "%";
    }
}
