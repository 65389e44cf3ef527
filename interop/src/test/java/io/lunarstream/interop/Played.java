package io.lunarstream.interop;

import java.time.Duration;
import java.util.Locale;

/// What came of a player and an address.
sealed interface Played {
    /// It plays.
    ///
    /// @param pictures decoded until the test had seen enough
    /// @param start from asking for the address to the first picture
    record Plays(int pictures, Duration start) implements Played {
        @Override
        public String words() {
            return String.format(Locale.ROOT, "%d pictures, first after %.1f s", pictures, start.toMillis() / 1_000.0);
        }
    }

    /// It does not, for a reason that is known and not ours.
    record Limited(String reason) implements Played {
        @Override
        public String words() {
            return "no: " + reason;
        }
    }

    /// It does not.
    record Fails(String reason) implements Played {
        @Override
        public String words() {
            return "**fails**: " + reason.lines().findFirst().orElse("");
        }
    }

    /// A cell of the table.
    String words();
}
