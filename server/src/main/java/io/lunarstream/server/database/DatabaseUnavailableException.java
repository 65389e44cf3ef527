package io.lunarstream.server.database;

/// The database could not be reached or could not do its work now. Trying again later may help.
public final class DatabaseUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseUnavailableException(Throwable cause) {
        super("The database is not available: " + deepest(cause).getMessage(), cause);
    }

    private static Throwable deepest(Throwable exception) {
        Throwable deepest = exception;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
