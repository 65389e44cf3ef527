package io.lunarstream.server.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What waits for the disk before viewers see it, in the order in which it came: so that no playlist names what a crash
/// of the server would take away. A disk that is slow delays nobody for long.
///
/// Belongs to the event loop of its live stream.
final class PendingWindows {

    /// After this, something is shown that is in memory alone.
    static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    private static final class Entry {
        private final Runnable show;
        private boolean due;
        private @Nullable ScheduledFuture<?> timer;

        Entry(Runnable show) {
            this.show = show;
        }
    }

    private final LiveStream stream;
    private final BiFunction<Duration, Runnable, ScheduledFuture<?>> timers;
    private final Queue<Entry> entries = new ArrayDeque<>();

    /// @param timers runs something on the stream's event loop after a while
    PendingWindows(LiveStream stream, BiFunction<Duration, Runnable, ScheduledFuture<?>> timers) {
        this.stream = stream;
        this.timers = timers;
    }

    /// Shows something once it is on disk and all before it has been shown.
    void add(CompletableFuture<Void> onDisk, Runnable show) {
        Entry entry = new Entry(show);
        entries.add(entry);
        if (onDisk.isDone()) {
            due(entry);
        } else {
            entry.timer = timers.apply(LONGEST_WAIT, () -> due(entry));
            CompletableFuture<Void> _ = onDisk.thenRun(() -> stream.run(() -> due(entry)));
        }
    }

    /// Shows everything now.
    void flush() {
        entries.forEach(entry -> entry.due = true);
        showDue();
    }

    private void due(Entry entry) {
        entry.due = true;
        showDue();
    }

    private void showDue() {
        for (Entry first = entries.peek(); first != null && first.due; first = entries.peek()) {
            entries.remove();
            if (first.timer != null) {
                first.timer.cancel(false);
            }
            first.show.run();
        }
    }
}
