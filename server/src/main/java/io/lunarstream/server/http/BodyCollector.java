package io.lunarstream.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;

/// Gathers a request's body up to its limit; beyond it, only counts. Stays on one event loop.
final class BodyCollector {

    /// A body that is too large is read this far, so that its sender gets to read the answer; then the connection
    /// closes.
    static final int MAX_DRAINED_BYTES = 1024 * 1024;

    private static final long NO_TIMER = -1;

    /// What a piece has led to.
    enum State {
        /// More may come.
        OPEN,
        /// It is too large, and enough of it has been read.
        TOO_LARGE,
        /// There is no room for it among the bodies of others.
        NO_ROOM
    }

    private final UnfinishedBodies unfinished;
    private final Runnable late;
    private final Vertx vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
    private final Buffer kept = Buffer.buffer();
    private long receivedBytes;
    private long takenBytes;
    private long timer = NO_TIMER;

    /// @param unfinished the room that it shares with others
    /// @param late what to do if it is not whole in time
    BodyCollector(UnfinishedBodies unfinished, Runnable late) {
        this.unfinished = unfinished;
        this.late = late;
    }

    /// Takes the next piece.
    State add(Buffer piece) {
        if (timer == NO_TIMER) {
            timer = vertx.setTimer(UnfinishedBodies.PATIENCE.toMillis(), now -> late.run());
        }
        receivedBytes += piece.length();
        if (receivedBytes <= Body.MAX_BYTES) {
            if (!unfinished.take(piece.length())) {
                return State.NO_ROOM;
            }
            takenBytes += piece.length();
            kept.appendBuffer(piece);
        }
        return receivedBytes <= MAX_DRAINED_BYTES ? State.OPEN : State.TOO_LARGE;
    }

    /// Gives its room to others: the body is whole, or nobody wants the rest. A second call does nothing.
    void close() {
        unfinished.giveBack(takenBytes);
        takenBytes = 0;
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
        }
    }

    Body body() {
        if (receivedBytes == 0) {
            return Body.NONE;
        }
        return receivedBytes > Body.MAX_BYTES ? Body.TOO_LARGE : Body.of(kept.getBytes());
    }
}
