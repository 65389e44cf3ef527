package io.lunarstream.server.database;

/// A database cannot be written to a file or read from one. Its message is one line for the operator.
public final class ArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ArchiveException(String message) {
        super(message);
    }
}
