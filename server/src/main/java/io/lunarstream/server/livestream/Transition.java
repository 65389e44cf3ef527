package io.lunarstream.server.livestream;

import static io.lunarstream.server.livestream.LivestreamStatus.ENDED;
import static io.lunarstream.server.livestream.LivestreamStatus.READY_FOR_USE;
import static io.lunarstream.server.livestream.LivestreamStatus.STARTED;
import static io.lunarstream.server.livestream.LivestreamStatus.TOKEN_EXPIRED;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Every way in which a livestream's status changes, as one table. What is not in it changes nothing.
///
/// Source: the Partner API, status.
enum Transition {
    FIRST_BROADCAST(READY_FOR_USE, Event.PLAYABLE, STARTED),
    NEXT_BROADCAST(ENDED, Event.PLAYABLE, STARTED),
    BACK_AFTER_END(ENDED, Event.MEDIA_SERVER_BACK, STARTED),
    BACK_AFTER_RENEWAL(READY_FOR_USE, Event.MEDIA_SERVER_BACK, STARTED),
    BROADCAST_ENDED(STARTED, Event.BROADCAST_OVER, ENDED),
    STOPPED_LIVE(STARTED, Event.ENDED_BY_API, ENDED),
    STOPPED_WAITING(READY_FOR_USE, Event.ENDED_BY_API, ENDED),
    STOPPED_AGAIN(ENDED, Event.ENDED_BY_API, ENDED),
    EXPIRED_LIVE(STARTED, Event.DEADLINE_DURING_BROADCAST, TOKEN_EXPIRED),
    EXPIRED_WAITING(READY_FOR_USE, Event.DEADLINE_BEFORE_BROADCAST, TOKEN_EXPIRED),
    RENEWED_AFTER_END(ENDED, Event.NEW_TOKEN, READY_FOR_USE),
    RENEWED_AFTER_EXPIRY(TOKEN_EXPIRED, Event.NEW_TOKEN, READY_FOR_USE);

    /// What can happen to a livestream.
    enum Event {
        /// The first segment of a broadcast can be played.
        PLAYABLE,
        /// A media node has come back with a broadcast that had been given up.
        MEDIA_SERVER_BACK,
        /// A broadcast has ended by itself or by a revocation: for any reason but the two below.
        BROADCAST_OVER,
        /// The API has ended what there was: a broadcast, or a publisher that had nothing to play yet.
        ENDED_BY_API,
        /// The deadline has cut a broadcast.
        DEADLINE_DURING_BROADCAST,
        /// The deadline has passed while nobody was live.
        DEADLINE_BEFORE_BROADCAST,
        /// A push token was made.
        NEW_TOKEN
    }

    private final LivestreamStatus from;
    private final Event event;
    private final LivestreamStatus to;

    Transition(LivestreamStatus from, Event event, LivestreamStatus to) {
        this.from = from;
        this.event = event;
        this.to = to;
    }

    /// The status that is left.
    LivestreamStatus from() {
        return from;
    }

    Event event() {
        return event;
    }

    /// The status that is entered.
    LivestreamStatus to() {
        return to;
    }

    /// What an event does. A row that leads where it began comes first, before others have led there.
    static List<Transition> of(Event event) {
        return Arrays.stream(values())
                .filter(row -> row.event == event)
                .sorted(Comparator.comparing(row -> row.from != row.to))
                .toList();
    }
}
