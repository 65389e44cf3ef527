package io.lunarstream.server.http;

/// Every error the service answers with: its status, its stable machine word, and its message.
///
/// Source: the Partner API, errors.
public enum ErrorCode {
    BAD_REQUEST(400, "Malformed HTTP request"),
    VALIDATION_FAILED(400, "Validation failed"),
    MALFORMED_JSON(400, "Request body is not valid JSON"),
    INVALID_API_KEY(401, "Invalid API Key"),
    INVALID_MEDIA_SERVER_SECRET(401, "Invalid media server secret"),
    INVALID_CREDENTIALS(401, "Invalid e-mail or password"),
    INVALID_ACCESS_TOKEN(401, "Invalid access token"),
    INVALID_REFRESH_TOKEN(401, "Invalid refresh token"),
    ACCESS_DENIED(403, "Access denied to this resource"),
    NOT_FOUND(404, "Cannot find the path"),
    LIVESTREAM_NOT_FOUND(404, "Livestream not found"),
    MEDIA_SERVER_NOT_FOUND(404, "Media server not found"),
    PROJECT_NOT_FOUND(404, "Project not found"),
    API_KEY_NOT_FOUND(404, "API key not found"),
    STREAM_NOT_FOUND(404, "Stream not found"),
    STREAM_NOT_STARTED(404, "Stream has not started"),
    STREAM_ENDED(404, "Stream has ended"),
    CODEC_NOT_IN_TS(404, "MPEG-TS carries H.264 and AAC only; this stream plays under /hls"),
    METHOD_NOT_ALLOWED(405, "Cannot use this method on the path"),
    EXTERNAL_ID_EXISTS(409, "A livestream with this externalId already exists in the project"),
    LIVESTREAM_NOT_LIVE(409, "Livestream is not live"),
    LIVESTREAM_IS_LIVE(409, "Livestream is live and cannot be moved to another media server"),
    IDEMPOTENCY_IN_PROGRESS(409, "The first request with this Idempotency-Key is still running"),
    PROJECT_NAME_EXISTS(409, "A project with this name already exists"),
    API_KEY_ALREADY_REVOKED(409, "API key is already revoked"),
    MEDIA_SERVER_NAME_EXISTS(409, "A media server with this name already exists"),
    MEDIA_SERVER_IN_USE(409, "Media server still has livestreams; move or delete them first"),
    MEDIA_SERVER_IS_EMBEDDED(409, "The embedded media server cannot be removed"),
    PAYLOAD_TOO_LARGE(413, "Request body must not be larger than 64 KiB"),
    URI_TOO_LONG(414, "Request address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "Content-Type must be application/json"),
    UNPROCESSABLE(422, "Validation failed"),
    IDEMPOTENCY_KEY_REUSED(422, "This Idempotency-Key was used with another body"),
    RATE_LIMITED(429, "Rate limit exceeded"),
    HEADERS_TOO_LARGE(431, "Request headers are too large"),
    INTERNAL(500, "Internal server error"),
    UNAVAILABLE(503, "Service temporarily unavailable");

    private final int status;
    private final String message;

    ErrorCode(int status, String message) {
        this.status = status;
        this.message = message;
    }

    public int status() {
        return status;
    }

    public String message() {
        return message;
    }

    /// The reason phrase that `error` repeats in the body.
    String reasonPhrase() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Payload Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Entity";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
