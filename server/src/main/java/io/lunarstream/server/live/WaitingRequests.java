package io.lunarstream.server.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;

/// The requests that wait on one live stream. Belongs to the stream's event loop.
final class WaitingRequests {

    /// Each with the timer that ends its wait; the longest-waiting first.
    private final Map<WaitingRequest, ScheduledFuture<?>> timers = new LinkedHashMap<>();

    void add(WaitingRequest request, ScheduledFuture<?> timer) {
        timers.put(request, timer);
    }

    /// Answers those that have waited for this window, all in one go.
    void published(Window window) {
        if (timers.isEmpty()) {
            return;
        }
        List<WaitingRequest> woken = new ArrayList<>();
        timers.forEach((request, timer) -> {
            if (request.wants(window)) {
                timer.cancel(false);
                woken.add(request);
            }
        });
        woken.forEach(timers::remove);
        woken.forEach(request -> request.answer(window));
    }

    /// Ends one wait without an answer. Nothing happens if it is over.
    void giveUp(WaitingRequest request) {
        ScheduledFuture<?> timer = timers.remove(request);
        if (timer != null) {
            timer.cancel(false);
            request.giveUp();
        }
    }

    void giveUpAll() {
        List.copyOf(timers.keySet()).forEach(this::giveUp);
    }
}
