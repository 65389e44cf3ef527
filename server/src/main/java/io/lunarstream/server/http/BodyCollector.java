package io.lunarstream.server.http;

import io.vertx.core.buffer.Buffer;

/// Gathers a request's body up to its limit; beyond it, only counts.
final class BodyCollector {

    /// A body that is too large is read this far, so that its sender gets to read the answer; then the connection
    /// closes.
    static final int MAX_DRAINED_BYTES = 1024 * 1024;

    private final Buffer kept = Buffer.buffer();
    private long receivedBytes;

    /// Takes the next piece.
    ///
    /// @return whether more may come
    boolean add(Buffer piece) {
        receivedBytes += piece.length();
        if (receivedBytes <= Body.MAX_BYTES) {
            kept.appendBuffer(piece);
        }
        return receivedBytes <= MAX_DRAINED_BYTES;
    }

    Body body() {
        if (receivedBytes == 0) {
            return Body.NONE;
        }
        return receivedBytes > Body.MAX_BYTES ? Body.TOO_LARGE : Body.of(kept.getBytes());
    }
}
