package io.lunarstream.server.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// An event loop in a [VirtualTime]: does one thing at a time, when the test says so.
final class VirtualLoop extends AbstractExecutorService implements ScheduledExecutorService {
    private final VirtualTime time;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Queue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::due));

    private Runnable intruder = () -> {};

    VirtualLoop(VirtualTime time) {
        this.time = time;
    }

    /// Does the next thing.
    ///
    /// @return whether there was one
    boolean runOne() {
        while (!timers.isEmpty() && !timers.element().due().isAfter(time.instant())) {
            Timer timer = timers.remove();
            if (!timer.isCancelled()) {
                tasks.add(timer.task);
            }
        }
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    /// When the next timer is due.
    Optional<Instant> nextTimer() {
        timers.removeIf(Timer::isCancelled);
        return Optional.ofNullable(timers.peek()).map(Timer::due);
    }

    /// Has another thread do something just before the next task arrives here.
    void beforeNextTask(Runnable other) {
        intruder = other;
    }

    @Override
    public void execute(Runnable task) {
        Runnable other = intruder;
        intruder = () -> {};
        other.run();
        tasks.add(task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Timer timer = new Timer(time, time.instant().plus(delay, unit.toChronoUnit()), task);
        timers.add(timer);
        return timer;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initial, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) {
        throw new UnsupportedOperationException();
    }

    private static final class Timer implements ScheduledFuture<Object> {
        private final VirtualTime time;
        private final Instant due;
        private final Runnable task;
        private boolean cancelled;

        Timer(VirtualTime time, Instant due, Runnable task) {
            this.time = time;
            this.due = due;
            this.task = task;
        }

        Instant due() {
            return due;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            cancelled = true;
            return true;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public boolean isDone() {
            return cancelled || !due.isAfter(time.instant());
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(time.instant(), due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        public Object get() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object get(long timeout, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }
    }
}
