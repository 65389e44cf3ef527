package io.lunarstream.server.http;

/// What came in as a request's body.
///
/// @param bytes the body, if it is not too large
/// @param tooLarge whether it went over the limit; `bytes` are empty then
record Body(byte[] bytes, boolean tooLarge) {

    /// Room for a livestream with all of its metadata, several times over. Source: the Partner API, errors.
    static final int MAX_BYTES = 64 * 1024;

    static final Body NONE = new Body(new byte[0], false);
}
