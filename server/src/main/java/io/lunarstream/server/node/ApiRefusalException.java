package io.lunarstream.server.node;

/// The API understands what it was sent, and does not take it: sending it again would not help.
final class ApiRefusalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ApiRefusalException(String message) {
        super(message);
    }
}
