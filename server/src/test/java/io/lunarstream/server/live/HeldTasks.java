package io.lunarstream.server.live;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/// A writer whose disk hangs until the test lets it go on.
final class HeldTasks extends AbstractExecutorService {
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean hanging;

    /// From now on nothing is done.
    void hang() {
        hanging = true;
    }

    /// Everything is done that was asked for, and what comes is done at once.
    void goOn() {
        hanging = false;
        for (Runnable task = held.poll(); task != null; task = held.poll()) {
            task.run();
        }
    }

    @Override
    public void execute(Runnable task) {
        held.add(task);
        if (!hanging) {
            goOn();
        }
    }

    @Override
    public void shutdown() {
        goOn();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
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
        return true;
    }
}
