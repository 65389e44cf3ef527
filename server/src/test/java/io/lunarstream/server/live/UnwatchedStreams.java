package io.lunarstream.server.live;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.InstantSource;

/// Live streams for tests that stop in the middle of a broadcast: what the last segments hold is then left to the
/// garbage collector, and no leak detector complains.
public final class UnwatchedStreams {
    private UnwatchedStreams() {}

    public static LiveStreams of(
            InstantSource clock, LiveSettings settings, MediaFiles files, BroadcastListener listener) {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(
                /* preferDirect= */ true, /* disableLeakDetector= */ true, /* tryNoCleaner= */ false);
        return new LiveStreams(clock, settings, files, listener, allocator);
    }
}
