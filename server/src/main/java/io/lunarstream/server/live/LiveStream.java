package io.lunarstream.server.live;

import io.lunarstream.hls.Frame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.TrackKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens on one stream key: publishers that come, go and come back; the broadcast that they make; the windows
/// that viewers see.
///
/// Everything but the volatile fields belongs to one event loop at a time, that of the publisher: [#run(Runnable)] is
/// the way in for everybody else. A publisher that comes on another loop takes the stream along to its own.
///
/// | what happens | publisher | broadcast | timer |
/// |---|---|---|---|
/// | a publisher is admitted | this one | the one before, or a new one | deadline |
/// | its connection is lost | none | goes on | reconnect window, deadline |
/// | it says goodbye | none | goes on | a few seconds, deadline |
/// | a timer runs out, or the API ends it | none, cut | none | |
final class LiveStream {

    /// How long a connection may stay open after the encoder's goodbye before the broadcast ends all the same.
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

    private final String streamKey;
    private final LiveStreams streams;
    private final TakeoverGuard takeovers = new TakeoverGuard();
    private final Generations generations;
    private final Viewers viewers;
    private volatile ScheduledExecutorService owner;
    private volatile @Nullable IngestStatus ingest;
    private volatile @Nullable PublishPermit permit;
    private volatile @Nullable UUID livestreamId;

    private @Nullable Runnable arrival;
    private @Nullable Publisher publisher;
    private @Nullable Publisher farewell;
    private @Nullable Broadcast broadcast;
    private @Nullable ScheduledFuture<?> awayTimer;
    private @Nullable ScheduledFuture<?> deadlineTimer;
    private Instant deadline = Instant.MIN;
    private Duration reportedKeyframeInterval = Duration.ZERO;
    private boolean retired;

    /// @param owner the event loop that the stream begins on
    LiveStream(String streamKey, LiveStreams streams, ScheduledExecutorService owner) {
        this.streamKey = streamKey;
        this.streams = streams;
        this.owner = owner;
        this.generations = new Generations(this, streams, this::after);
        this.viewers = new Viewers(generations.windows(), streams.clock());
    }

    String streamKey() {
        return streamKey;
    }

    /// What viewers may fetch. Any thread.
    Windows windows() {
        return generations.windows();
    }

    /// What comes in; empty unless a publisher is connected or may come back. Any thread.
    Optional<IngestStatus> ingest() {
        return Optional.ofNullable(ingest);
    }

    /// What the broadcast's last publisher was let in on; empty without a broadcast. Any thread.
    Optional<PublishPermit> permit() {
        return Optional.ofNullable(permit);
    }

    /// The broadcast, if there is one. Any thread.
    Optional<LiveBroadcast> live() {
        UUID broadcastOf = livestreamId;
        IngestStatus status = ingest;
        return broadcastOf == null || status == null
                ? Optional.empty()
                : Optional.of(new LiveBroadcast(broadcastOf, streamKey, permit(), status, viewers.count()));
    }

    /// Who watches. Any thread.
    Viewers viewers() {
        return viewers;
    }

    /// Runs a task on the stream's event loop, whichever that is by then. Any thread.
    void run(Runnable task) {
        ScheduledExecutorService loop = owner;
        loop.execute(() -> {
            if (owner.equals(loop)) {
                arrive();
                task.run();
            } else {
                run(task);
            }
        });
    }

    /// Lets a publisher in, or not, and answers on the publisher's loop.
    ///
    /// @return false if this stream has been given up meanwhile and another one must be asked
    boolean admit(
            PublishPermit permit,
            ScheduledExecutorService loop,
            Consumer<PublisherCut> connection,
            Consumer<Admission> answer) {
        if (streams.isDraining()) {
            return refuse(PublishRefusal.SERVER_DRAINING, loop, answer);
        }
        if (publisher != null) {
            if (!streams.settings().replaces() || !takeovers.allows(now().toEpochMilli())) {
                return refuse(PublishRefusal.STREAM_IN_USE, loop, answer);
            }
            LOG.info("Stream {}: another publisher takes over", streamKey);
            interrupt(publisher).cut(PublisherCut.REPLACED);
        }
        if (retired) {
            return false;
        }
        if (broadcast == null && !streams.takePlace()) {
            return refuse(PublishRefusal.SERVER_FULL, loop, answer);
        }
        arrival = () -> answer.accept(new Admission.Admitted(attach(permit, loop, connection)));
        owner = loop;
        run(() -> {});
        return true;
    }

    void configuration(TrackKey track, Codec codec) {
        packaging(current -> current.packager().configuration(track, codec));
    }

    void frame(Frame frame) {
        packaging(current -> current.packager().frame(frame));
    }

    /// The meter has something new to tell.
    void measured(Publisher from) {
        from.meter()
                .packaged(current().packager().repairs(), current().packager().dropped());
        ingest = from.meter().status(true);
        from.meter().longestKeyframeInterval().ifPresent(interval -> {
            if (interval.compareTo(reportedKeyframeInterval) > 0) {
                reportedKeyframeInterval = interval;
                streams.listener().keyframeInterval(from.permit().livestreamId(), interval);
            }
        });
    }

    /// The encoder has said goodbye.
    void goodbye(Publisher from) {
        farewell = interrupt(from);
        awayTimer = after(GOODBYE, () -> endUnlessBack(EndReason.CLIENT_STOPPED));
    }

    /// A connection has closed whose encoder had said goodbye.
    void closedAfterGoodbye(Publisher from) {
        run(() -> {
            if (from.equals(farewell)) {
                endUnlessBack(EndReason.CLIENT_STOPPED);
            }
        });
    }

    /// A connection has gone without a goodbye: its encoder may come back.
    void lost(Publisher from) {
        LOG.info("Stream {}: the publisher is gone, waiting for it", streamKey);
        interrupt(from);
        Duration window = streams.settings().reconnectWindow();
        awayTimer = after(window, () -> endUnlessBack(EndReason.RECONNECT_TIMEOUT));
    }

    /// Ends the broadcast now.
    ///
    /// @return whether there was one
    boolean end(EndReason reason) {
        Broadcast ended = broadcast;
        if (ended == null) {
            return false;
        }
        cancel(awayTimer);
        cancel(deadlineTimer);
        if (publisher != null) {
            publisher.cut(PublisherCut.of(reason));
            publisher = null;
        }
        broadcast = null;
        streams.givePlaceBack();
        ingest = null;
        permit = null;
        livestreamId = null;
        ended.end();
        generations.publishAll();
        LOG.info("Stream {}: the broadcast has ended: {}", streamKey, reason.apiName());
        if (ended.playable()) {
            streams.listener().ended(ended.livestreamId(), reason, now());
        }
        retireIfIdle();
        return true;
    }

    /// Cuts the publisher and lets the broadcast wait for it, elsewhere or after a restart.
    void drain() {
        if (publisher != null) {
            Publisher drained = publisher;
            lost(drained);
            drained.cut(PublisherCut.SERVER_DRAINING);
        }
    }

    /// Stops, because the program ends: the open segment is closed, the playlist is not.
    void close() {
        cancel(awayTimer);
        cancel(deadlineTimer);
        if (broadcast != null) {
            broadcast.close();
            broadcast = null;
        }
        generations.publishAll();
    }

    /// Goes on where an earlier run of the server has stopped: what was live waits for its encoder again. Called before
    /// anybody else knows this stream.
    ///
    /// @return false if there is nothing to show
    boolean takeBack(List<RecoveredGeneration> found) {
        generations.takeBack(found).ifPresent(media -> {
            LOG.info("Stream {}: goes on where it was, waiting for the publisher", streamKey);
            broadcast = new Broadcast(this, media, streams.allocator());
            streams.takePlaceBack();
            livestreamId = media.livestreamId();
            ingest = new IngestMeter(streams.ingestTotals()).status(false);
            Duration window = streams.settings().reconnectWindow();
            awayTimer = after(window, () -> endUnlessBack(EndReason.MEDIA_SERVER_LOST));
        });
        return broadcast != null || !generations.isEmpty();
    }

    /// Ends the broadcast unless somebody sends to it.
    ///
    /// @return whether nobody does
    boolean giveUp(EndReason reason) {
        endUnlessBack(reason);
        return publisher == null;
    }

    /// Has a request wait until a window is as it wants it.
    void await(WaitingRequest request) {
        generations.await(request);
    }

    /// The client of a waiting request has gone.
    void forget(WaitingRequest request) {
        generations.waiting().giveUp(request);
    }

    /// Requests wait no longer, because the program ends.
    void giveUpWaiting() {
        generations.waiting().giveUpAll();
    }

    /// Moves the broadcast's deadline; an earlier one than before changes nothing.
    void moveDeadline(Instant newDeadline) {
        if (broadcast != null && newDeadline.isAfter(deadline)) {
            deadline = newDeadline;
            watchDeadline();
        }
    }

    IngestTotals ingestTotals() {
        return streams.ingestTotals();
    }

    Instant now() {
        return streams.clock().instant();
    }

    Generations generations() {
        return generations;
    }

    void becamePlayable(PublishPermit permit, Instant at) {
        LOG.info("Stream {}: the first segment can be played", streamKey);
        streams.listener().playable(permit.livestreamId(), permit.tokenId(), at);
    }

    /// A stream that moves to another loop has a publisher to take in first, whatever else has been asked of it since.
    private void arrive() {
        Runnable arriving = arrival;
        arrival = null;
        if (arriving != null) {
            arriving.run();
        }
    }

    private boolean refuse(PublishRefusal reason, ScheduledExecutorService loop, Consumer<Admission> answer) {
        loop.execute(() -> answer.accept(new Admission.Refused(reason)));
        retireIfIdle();
        return true;
    }

    private Publisher attach(PublishPermit permit, ScheduledExecutorService loop, Consumer<PublisherCut> connection) {
        cancel(awayTimer);
        farewell = null;
        Publisher attached = new Publisher(this, permit, loop, connection);
        publisher = attached;
        this.permit = permit;
        livestreamId = permit.livestreamId();
        if (broadcast == null) {
            broadcast = new Broadcast(this, permit, streams.allocator());
            reportedKeyframeInterval = Duration.ZERO;
            deadline = Instant.MIN;
        } else {
            broadcast.takenOver(permit, streams.allocator());
            attached.meter()
                    .goOnFrom(
                            broadcast.packager().repairs(), broadcast.packager().dropped());
        }
        moveDeadline(permit.deadline());
        ingest = attached.meter().status(true);
        return attached;
    }

    /// The publisher sends no more; closes the segment that it was sending.
    private Publisher interrupt(Publisher from) {
        publisher = null;
        ingest = from.meter().status(false);
        packaging(Broadcast::interrupt);
        return from;
    }

    /// Has the broadcast package something. Media that cannot be packaged end this broadcast, and disturb no other.
    private void packaging(Consumer<Broadcast> work) {
        try {
            work.accept(current());
        } catch (RuntimeException e) {
            LOG.error("Stream {}: the media cannot be packaged", streamKey, e);
            end(EndReason.MEDIA_ERROR);
        }
    }

    private void endUnlessBack(EndReason reason) {
        if (publisher == null) {
            end(reason);
        }
    }

    private void watchDeadline() {
        cancel(deadlineTimer);
        deadlineTimer = after(Duration.between(now(), deadline), () -> {
            if (now().isBefore(deadline)) {
                watchDeadline();
            } else {
                end(EndReason.TOKEN_EXPIRED);
            }
        });
    }

    private ScheduledFuture<?> after(Duration delay, Runnable task) {
        return owner.schedule(() -> run(task), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    }

    private static void cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /// Forgets the stream when nobody sends to it and there is nothing left to watch.
    void retireIfIdle() {
        if (broadcast == null && generations.isEmpty()) {
            retired = true;
            streams.retire(this);
        }
    }

    private Broadcast current() {
        if (broadcast == null) {
            throw new IllegalStateException("a publisher has a broadcast");
        }
        return broadcast;
    }
}
