package io.lunarstream.bench.soak;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/// How long, and by which seed.
///
/// @param seed the same one gives the same schedule of events
/// @param encoders how many publish at a time
/// @param viewers how many watch: two follow each encoder, in both forms, and the others come and go
/// @param page whether the report is one of the documents; that of a trial is not
record SoakOptions(Duration length, long seed, int encoders, int viewers, boolean page) {

    /// What a machine of two cores carries beside the server, which shares it.
    private static final int ENCODERS = 10;

    private static final int VIEWERS = 30;

    /// Whatever a number of these is multiplied with later fits a long then.
    private static final long MOST = 100_000;

    SoakOptions {
        if (length.isZero()) {
            throw new IllegalArgumentException("--hours N or --minutes N says how long");
        }
    }

    /// Reads `[--hours N] [--minutes N] [--seed S]`.
    ///
    /// @param otherwise the seed, if none is given
    /// @throws IllegalArgumentException with a sentence for the user
    static SoakOptions parse(List<String> words, long otherwise) {
        Duration length = Duration.ZERO;
        long seed = otherwise;
        boolean page = false;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            long number = number(option, rest.hasNext() ? rest.next() : "");
            switch (option) {
                case "--hours" -> {
                    length = length.plusHours(positive(option, number));
                    page = true;
                }
                case "--minutes" -> length = length.plusMinutes(positive(option, number));
                case "--seed" -> seed = number;
                default -> throw new IllegalArgumentException("unknown option \"" + option + "\"");
            }
        }
        return new SoakOptions(length, seed, ENCODERS, VIEWERS, page);
    }

    private static long number(String option, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException(option + " takes a number and not \"" + text + "\"");
        }
    }

    private static long positive(String option, long number) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(option + " takes 1 to " + MOST);
        }
        return number;
    }
}
