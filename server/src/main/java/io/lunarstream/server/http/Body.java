package io.lunarstream.server.http;

/// What came in as a request's body.
final class Body {

    /// Room for a livestream with all of its metadata, several times over. Source: the Partner API, errors.
    static final int MAX_BYTES = 64 * 1024;

    static final Body NONE = new Body(new byte[0], /* tooLarge= */ false);

    static final Body TOO_LARGE = new Body(new byte[0], /* tooLarge= */ true);

    private final byte[] bytes;
    private final boolean tooLarge;

    private Body(byte[] bytes, boolean tooLarge) {
        this.bytes = bytes;
        this.tooLarge = tooLarge;
    }

    /// A body within the limit; the bytes are handed over.
    static Body of(byte[] bytes) {
        return new Body(bytes, /* tooLarge= */ false);
    }

    /// The body as sent; empty if it is too large.
    byte[] bytes() {
        return bytes;
    }

    /// Whether it went over the limit.
    boolean isTooLarge() {
        return tooLarge;
    }
}
