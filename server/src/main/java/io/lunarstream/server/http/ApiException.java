package io.lunarstream.server.http;

/// Ends the handling of a request with an error for the client.
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    /// Without a stack trace: it is an answer, not a bug.
    public ApiException(ApiError error) {
        super(error.message(), null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
        this.error = error;
    }

    public ApiException(ErrorCode code) {
        this(ApiError.of(code));
    }

    public ApiError error() {
        return error;
    }
}
