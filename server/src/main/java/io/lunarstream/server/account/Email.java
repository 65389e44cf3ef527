package io.lunarstream.server.account;

import java.util.Locale;

/// An e-mail address as it is compared and stored: without surrounding blanks, in lower case.
///
/// @param text such as `admin@localhost`
public record Email(String text) {
    /// RFC 5321, section 4.5.3.1.3, less the angle brackets around a path.
    static final int MAX_CHARS = 254;

    public Email {
        text = text.strip().toLowerCase(Locale.ROOT);
    }
}
