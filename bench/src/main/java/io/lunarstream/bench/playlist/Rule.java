package io.lunarstream.bench.playlist;

/// A rule that a playlist has to keep, with its section.
public final class Rule {
    private Rule() {}

    /// Fails unless the rule is kept.
    ///
    /// @throws IllegalArgumentException with the rule
    public static void require(boolean kept, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(rule);
        }
    }
}
