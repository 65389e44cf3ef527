package io.lunarstream.server.http;

/// A port could not be opened, most often because another program has it.
public final class PortTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param option what changes the port
    public PortTakenException(String bind, int port, String option, Throwable cause) {
        super(
                "port " + port + " on " + bind + " cannot be opened: " + reason(cause) + "; choose another one with "
                        + option,
                cause);
    }

    private static String reason(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = String.valueOf(deepest.getMessage());
        return message.contains("in use") ? "another program uses it" : message;
    }
}
