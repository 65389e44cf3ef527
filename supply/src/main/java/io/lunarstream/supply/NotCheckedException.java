package io.lunarstream.supply;

/// Advisories could not be looked up; the message says why, for people.
final class NotCheckedException extends Exception {
    private static final long serialVersionUID = 1;

    NotCheckedException(String message) {
        super(message);
    }
}
