package io.lunarstream.server.live;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The thread that works on the disk, one thing after the other.
///
/// When nothing is left to do it rests for a moment before it waits for more. What many streams ask for meanwhile is
/// done in one go: to wake a thread for each part costs about as much as to write the part.
final class DiskThread extends ThreadPoolExecutor {

    /// So long may a part have to wait for its file; a tenth of what viewers would notice of a part's 333 ms.
    private static final Duration REST = Duration.ofMillis(5);

    DiskThread() {
        super(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("media-files").daemon().factory());
    }

    @Override
    protected void afterExecute(Runnable done, @Nullable Throwable failure) {
        super.afterExecute(done, failure);
        if (getQueue().isEmpty()) {
            LockSupport.parkNanos(REST.toNanos());
        }
    }
}
