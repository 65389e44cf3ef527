package io.lunarstream.bench.report;

import java.util.Locale;
import java.util.OptionalDouble;

/// Numbers as tables show them.
public final class Numbers {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final String NOTHING = "–";

    private Numbers() {}

    /// Three significant digits and never an exponent, such as `0.137`, `4.20`, `1234`; a dash for nothing.
    public static String text(OptionalDouble value) {
        return value.isPresent() ? text(value.getAsDouble()) : NOTHING;
    }

    /// Three significant digits and never an exponent.
    public static String text(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : NOTHING;
        }
        int digitsBeforePoint = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
        int decimals = Math.max(0, SIGNIFICANT_DIGITS - digitsBeforePoint);
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /// How many times the other a value is, such as `1.20 ×`; a dash where one of them is not there, or 0.
    public static String ratio(OptionalDouble value, OptionalDouble other) {
        if (value.isEmpty() || other.isEmpty() || other.getAsDouble() == 0) {
            return NOTHING;
        }
        return String.format(Locale.ROOT, "%.2f ×", value.getAsDouble() / other.getAsDouble());
    }
}
