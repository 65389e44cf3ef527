package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Database;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.livestream.NodeReport.Event;
import io.lunarstream.server.livestream.NodeReport.HeldStream;
import io.lunarstream.server.mediaserver.MediaNodes;
import io.lunarstream.server.pushtoken.PushTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Broadcasts on media nodes, which tell of them by reports.
///
/// A lease is renewed by each report of a stream. 40 s after the last one no publisher counts as connected, and a
/// reconnect window later the broadcast ends. The fence is a number of the livestream that grows when it moves or its
/// broadcast is given up: what a node says has happened counts only with the current one.
///
/// Source: the Partner API, status ("live is a lease"); operations, "Many machines".
public final class NodeBroadcasts {
    /// How long a lease lasts. A second of sweeping and a lost report are left until the 45 s that are promised.
    private static final Duration LEASE = Duration.ofSeconds(40);

    /// What to answer, and the stream keys of the livestreams that have changed.
    private record Outcome(List<NodeVerdict> verdicts, Set<String> changed) {}

    private final Database database;
    private final LeaseRepository leases = new LeaseRepository();
    private final StatusRepository statuses = new StatusRepository();
    private final MediaNodes nodes;
    private final PushTokens pushTokens;
    private final PublicLivestreams inMemory;
    private final Duration reconnectWindow;
    private final InstantSource clock;

    /// @param inMemory is told of every change
    public NodeBroadcasts(
            Database database,
            MediaNodes nodes,
            PushTokens pushTokens,
            PublicLivestreams inMemory,
            Duration reconnectWindow,
            InstantSource clock) {
        this.database = database;
        this.nodes = nodes;
        this.pushTokens = pushTokens;
        this.inMemory = inMemory;
        this.reconnectWindow = reconnectWindow;
        this.clock = clock;
    }

    /// The fence that a publisher's permit comes with; empty if the livestream has left the node meanwhile.
    public Optional<Long> fence(UUID livestreamId, UUID node) {
        return database.read(handle -> leases.fence(handle, livestreamId, node));
    }

    /// Takes down what a node tells: first what has happened, then what it has now.
    ///
    /// @return a verdict about each of its streams, in their order
    List<NodeVerdict> report(UUID node, NodeReport report) {
        Outcome outcome = database.write(transaction -> {
            nodes.heard(transaction, node, report.self());
            statuses.lock(transaction, report.livestreamIds());
            Set<String> changed = new HashSet<>();
            report.events().forEach(event -> take(transaction, node, event, changed));
            return new Outcome(judge(transaction, node, report.streams(), changed), changed);
        });
        outcome.changed().forEach(inMemory::changed);
        return outcome.verdicts();
    }

    private void take(Handle transaction, UUID node, Event event, Set<String> changed) {
        leases.standings(transaction, List.of(event.livestreamId())).stream()
                .filter(standing -> standing.heeds(node, event.fence()))
                .forEach(standing -> {
                    take(transaction, standing, event);
                    changed.add(standing.streamKey());
                });
    }

    /// An event that is told again is known by its time: it is that of the latest broadcast, or before.
    private void take(Handle transaction, NodeStanding standing, Event event) {
        Instant now = clock.instant();
        switch (event) {
            case Event.Playable playable -> {
                Instant at = earlier(playable.at(), now);
                if (standing.startedAt().map(at::isAfter).orElse(true)) {
                    statuses.start(transaction, standing.id(), playable.tokenId(), at, now);
                }
            }
            case Event.KeyframeInterval measured ->
                statuses.rememberKeyframeInterval(transaction, standing.id(), measured.interval());
            case Event.Ended ended -> {
                Instant at = earlier(ended.at(), now);
                if (!standing.startedAt().map(at::isBefore).orElse(false)) {
                    leases.remove(transaction, standing.id());
                    statuses.end(transaction, standing.id(), ended.reason(), at, now);
                }
            }
        }
    }

    /// A node's clock may be ahead; nothing has happened in the future.
    private static Instant earlier(Instant told, Instant now) {
        return told.isBefore(now) ? told : now;
    }

    private List<NodeVerdict> judge(Handle transaction, UUID node, List<HeldStream> streams, Set<String> changed) {
        List<UUID> ids = streams.stream().map(HeldStream::livestreamId).toList();
        Map<UUID, NodeStanding> standings = leases.standings(transaction, ids).stream()
                .collect(Collectors.toMap(NodeStanding::id, Function.identity()));
        Set<UUID> goodTokens = pushTokens.usable(
                transaction,
                streams.stream().flatMap(stream -> stream.tokenId().stream()).toList());
        List<NodeVerdict> verdicts = new ArrayList<>();
        List<HeldStream> renewed = new ArrayList<>();
        for (HeldStream stream : streams) {
            Optional<NodeStanding> standing = Optional.ofNullable(standings.get(stream.livestreamId()));
            boolean isTokenGood = stream.tokenId().filter(goodTokens::contains).isPresent();
            Optional<EndReason> over = standing.isEmpty()
                    ? Optional.of(EndReason.API_ENDED)
                    : standing.get().over(stream, node, isTokenGood);
            if (over.isPresent()) {
                standing.filter(known -> known.livesOn(node)).ifPresent(known -> letGo(transaction, known, changed));
                verdicts.add(over(stream, over.get()));
            } else {
                goOn(transaction, stream, standing.orElseThrow(), changed);
                renewed.add(stream);
                verdicts.add(goesOn(standing.orElseThrow()));
            }
        }
        leases.renew(transaction, renewed, clock.instant());
        return verdicts;
    }

    private void letGo(Handle transaction, NodeStanding standing, Set<String> changed) {
        if (standing.connected().isPresent()) {
            leases.remove(transaction, standing.id());
            changed.add(standing.streamKey());
        }
    }

    private void goOn(Handle transaction, HeldStream stream, NodeStanding standing, Set<String> changed) {
        if (standing.startsAgain(stream)) {
            statuses.startAgain(transaction, standing.id(), clock.instant());
            changed.add(standing.streamKey());
        }
        if (!standing.connected().equals(Optional.of(stream.connected()))) {
            changed.add(standing.streamKey());
        }
    }

    private NodeVerdict goesOn(NodeStanding standing) {
        return new NodeVerdict(
                standing.id(),
                Optional.of(standing.fence()),
                Optional.of(pushTokens.cutAt(standing.deadline())),
                Optional.empty());
    }

    private static NodeVerdict over(HeldStream stream, EndReason reason) {
        return new NodeVerdict(
                stream.livestreamId(), Optional.empty(), Optional.empty(), Optional.of(reason.apiName()));
    }

    /// Does what silent nodes do not: they are offline, their publishers not connected, and in the end their
    /// broadcasts over. Other API nodes may do the same at the same time.
    void sweep() {
        nodes.sweep();
        if (database.read(leases::anyMissing)) {
            database.run(transaction -> leases.addMissing(transaction, clock.instant()));
        }
        disconnect(nodes.silentSince(LEASE));
        giveUp(nodes.silentSince(LEASE.plus(reconnectWindow)));
    }

    private void disconnect(Instant last) {
        List<String> gone = database.read(handle -> leases.connectedUntil(handle, last));
        if (!gone.isEmpty()) {
            database.run(transaction -> leases.disconnect(transaction, last));
            gone.forEach(inMemory::changed);
        }
    }

    private void giveUp(Instant last) {
        List<UUID> lost = database.read(handle -> leases.renewedUntil(handle, last)).stream()
                .map(NodeStanding::id)
                .toList();
        if (!lost.isEmpty()) {
            List<NodeStanding> given = database.write(transaction -> {
                statuses.lock(transaction, lost);
                // Once more: a report may have come while a lock was waited for.
                List<NodeStanding> stillLost = leases.renewedUntil(transaction, last);
                stillLost.forEach(standing -> giveUp(transaction, standing));
                return stillLost;
            });
            given.forEach(standing -> inMemory.changed(standing.streamKey()));
        }
    }

    /// A publisher that had nothing to play yet leaves no trace, and what its node tells later counts.
    private void giveUp(Handle transaction, NodeStanding standing) {
        Instant now = clock.instant();
        leases.remove(transaction, standing.id());
        if (standing.status() == LivestreamStatus.STARTED) {
            boolean isExpired = !now.isBefore(pushTokens.cutAt(standing.deadline()));
            EndReason reason = isExpired ? EndReason.TOKEN_EXPIRED : EndReason.MEDIA_SERVER_LOST;
            leases.raiseFence(transaction, standing.id());
            statuses.end(transaction, standing.id(), reason, now, now);
        }
    }
}
