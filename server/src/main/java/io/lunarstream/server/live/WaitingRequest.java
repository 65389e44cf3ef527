package io.lunarstream.server.live;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A viewer's request that waits for a part or segment to come. It costs no thread: some objects, and its connection.
public final class WaitingRequest {
    private final LiveStream stream;
    private final String generation;
    private final Predicate<Window> wanted;
    private final Consumer<Optional<Window>> answer;
    private final AtomicInteger places;
    private final AtomicBoolean over = new AtomicBoolean();

    /// @param wanted whether a window is what it waits for
    /// @param answer takes that window, or none if it has not come in time
    /// @param places how many requests wait, this one included: given back when the wait is over
    WaitingRequest(
            LiveStream stream,
            String generation,
            Predicate<Window> wanted,
            Consumer<Optional<Window>> answer,
            AtomicInteger places) {
        this.stream = stream;
        this.generation = generation;
        this.wanted = wanted;
        this.answer = answer;
        this.places = places;
    }

    /// The client has gone: nobody waits any more. Any thread, also when the wait is over.
    public void cancel() {
        if (over.compareAndSet(false, true)) {
            places.decrementAndGet();
            stream.run(() -> stream.forget(this));
        }
    }

    String generation() {
        return generation;
    }

    boolean wants(Window window) {
        return window.generation().equals(generation) && wanted.test(window);
    }

    void answer(Window window) {
        end(Optional.of(window));
    }

    /// What it waits for has not come in time, or will not come.
    void giveUp() {
        end(Optional.empty());
    }

    private void end(Optional<Window> outcome) {
        if (over.compareAndSet(false, true)) {
            places.decrementAndGet();
            answer.accept(outcome);
        }
    }
}
