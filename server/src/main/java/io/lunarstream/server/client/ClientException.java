package io.lunarstream.server.client;

/// A command cannot be carried out. Its message is for the user: what is wrong, then how to mend it, line by line.
public final class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What kind of failure it is; scripts tell these apart.
    public enum Reason {
        /// The server understood and refused, or something on this machine does not work.
        REFUSED,
        /// The command was not called as it must be.
        MISUSED,
        /// There was no answer, or it was not the API that answered.
        UNREACHABLE,
        /// There are no credentials, or the server does not accept them.
        UNAUTHENTICATED
    }

    private final Reason reason;

    public ClientException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
