package io.lunarstream.server.database;

/// The database is there and is not this server's to use. Its message is one line that says what to do.
public final class UnusableDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableDatabaseException(String message) {
        super(message);
    }
}
