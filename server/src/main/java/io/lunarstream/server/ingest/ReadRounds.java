package io.lunarstream.server.ingest;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Reads the sockets of all publishers of an event loop one after the other, in rounds.
///
/// An encoder sends some seventy frames a second, each when it is there. To be woken for each of them costs more than
/// to read them: what a round finds is read while code and data are at hand. See docs/decisions/034.
///
/// Belongs to its event loop.
final class ReadRounds {

    /// From one round to the next: less than a picture lasts, so that nobody sees it, and long enough for one or two
    /// frames of each publisher.
    private static final Duration ROUND = Duration.ofMillis(20);

    private final EventLoop loop;
    private List<Channel> waiting = new ArrayList<>();

    ReadRounds(EventLoop loop) {
        this.loop = loop;
    }

    /// Reads a socket in the next round, once; it is not to read by itself.
    void await(Channel socket) {
        if (waiting.isEmpty()) {
            ScheduledFuture<?> _ = loop.schedule(this::round, ROUND.toMillis(), TimeUnit.MILLISECONDS);
        }
        waiting.add(socket);
    }

    private void round() {
        List<Channel> now = waiting;
        waiting = new ArrayList<>(now.size());
        for (Channel socket : now) {
            if (socket.isActive()) {
                socket.read();
            }
        }
    }
}
