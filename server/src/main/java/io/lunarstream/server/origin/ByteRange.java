package io.lunarstream.server.origin;

/// Which bytes of a resource a request wants. Source: RFC 9110, section 14.
sealed interface ByteRange {

    /// All of them: no range was asked for, or one that may be ignored (another unit, several ranges, nonsense).
    record Whole() implements ByteRange {}

    /// Some of them.
    ///
    /// @param first offset of the first byte
    /// @param last offset of the last byte, inclusive
    record Part(long first, long last) implements ByteRange {
        long bytes() {
            return last - first + 1;
        }
    }

    /// Bytes that the resource does not have.
    record Unsatisfiable() implements ByteRange {}

    /// Reads a `Range` header.
    ///
    /// @param header the header's value; empty if there is none
    /// @param length of the resource in bytes
    static ByteRange of(String header, long length) {
        String unit = "bytes=";
        if (!header.startsWith(unit) || header.indexOf(',') >= 0) {
            return new Whole();
        }
        String spec = header.substring(unit.length()).strip();
        int dash = spec.indexOf('-');
        if (dash < 0) {
            return new Whole();
        }
        String first = spec.substring(0, dash);
        String last = spec.substring(dash + 1);
        boolean numbers = isNumberOrEmpty(first) && isNumberOrEmpty(last);
        if (!numbers || (first.isEmpty() && last.isEmpty())) {
            return new Whole();
        }
        return first.isEmpty() ? suffix(Long.parseLong(last), length) : part(first, last, length);
    }

    private static ByteRange suffix(long bytes, long length) {
        return bytes == 0 ? new Unsatisfiable() : new Part(Math.max(0, length - bytes), length - 1);
    }

    private static ByteRange part(String firstText, String lastText, long length) {
        long first = Long.parseLong(firstText);
        long last = lastText.isEmpty() ? length - 1 : Math.min(Long.parseLong(lastText), length - 1);
        if (!lastText.isEmpty() && Long.parseLong(lastText) < first) {
            return new Whole();
        }
        return first >= length ? new Unsatisfiable() : new Part(first, last);
    }

    /// At most 18 digits, so that every number fits a `long`.
    private static boolean isNumberOrEmpty(String text) {
        return text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
