package io.lunarstream.server.node;

/// No address of the API has answered as it should. The message says of each why, without secrets.
final class ApiAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ApiAwayException(String message) {
        super(message);
    }
}
