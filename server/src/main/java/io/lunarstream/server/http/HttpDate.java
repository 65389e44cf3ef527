package io.lunarstream.server.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The `Date` header, written once a second. Source: RFC 9110, section 5.6.7 (IMF-fixdate).
final class HttpDate {
    static final String HEADER = "Date";

    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private record Written(long epochSecond, String text) {}

    private volatile Written last = written(0);

    /// The header's value at a moment.
    String at(Instant now) {
        Written current = last;
        if (current.epochSecond() != now.getEpochSecond()) {
            current = written(now.getEpochSecond());
            last = current;
        }
        return current.text();
    }

    private static Written written(long epochSecond) {
        return new Written(epochSecond, IMF_FIXDATE.format(Instant.ofEpochSecond(epochSecond)));
    }
}
