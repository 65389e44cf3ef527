package io.lunarstream.hls;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// Frames that wait until it is known which tracks there are.
final class PendingFrames implements AutoCloseable {

    /// How long the second track may come after the first, by the encoder's time or by ours.
    private static final long WAIT_MS = 2_000;

    /// 2 s of 32 Mbit/s, more than encoders send; with more than that the wait ends at once.
    private static final int LARGEST_BYTES = 8 * 1_024 * 1_024;

    private final ByteBufAllocator allocator;
    private final Queue<Frame> frames = new ArrayDeque<>();
    private int bytes;
    private long waitedMs;

    PendingFrames(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /// Keeps a copy of a frame.
    void add(Frame frame) {
        frames.add(frame.copy(allocator));
        bytes += frame.data().readableBytes();
        Frame first = frames.element();
        waitedMs = Math.max(frame.timestampMs() - first.timestampMs(), frame.arrivalMs() - first.arrivalMs());
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /// Whether the wait for a second track is over.
    boolean isOver() {
        return waitedMs >= WAIT_MS || bytes >= LARGEST_BYTES;
    }

    /// Hands out all frames in the order in which they came, and forgets them.
    void drainTo(Consumer<Frame> sink) {
        for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
            try {
                sink.accept(frame);
            } finally {
                frame.data().release();
            }
        }
        bytes = 0;
        waitedMs = 0;
    }

    @Override
    public void close() {
        drainTo(_ -> {});
    }
}
