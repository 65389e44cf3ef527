package io.lunarstream.bench.fault;

/// A fault that cannot be made on this machine; the message says why, for people.
final class NotHereException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotHereException(String message) {
        super(message);
    }
}
