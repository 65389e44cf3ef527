package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Row;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.livestream.Transition.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The SQL of a livestream's status: every statement changes it along the table of [Transition], or not at all, and
/// the counts with it.
final class StatusRepository {

    /// Livestreams that expire in one transaction: so few that whoever waits to write does not notice, even if all of
    /// them have expired while the program was not running.
    static final int MOST_AT_ONCE = 1000;

    private static final String WAITING_IN_VAIN =
            "status = 'READY_FOR_USE' and push_token_expires_at <= :passed and deleted_at is null";

    /// A livestream that was live on the embedded media server when it was last heard of.
    record Started(UUID id, String streamKey) {}

    /// A livestream whose status has changed.
    private record Changed(UUID projectId, String streamKey) {}

    private final LivestreamCountRepository counts = new LivestreamCountRepository();

    /// Makes whoever else changes a livestream wait until this transaction ends, and waits for whoever came before:
    /// what is read from now on is what they have left behind. Nothing happens if there is no such livestream.
    void lock(Handle handle, UUID id) {
        handle.createUpdate("update livestream set updated_at = updated_at where id = :id")
                .bind("id", id)
                .execute();
    }

    /// As [#lock(Handle, UUID)], of several.
    void lock(Handle handle, List<UUID> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("update livestream set updated_at = updated_at where id in (<ids>)")
                    .bindList("ids", ids)
                    .execute();
        }
    }

    /// A broadcast began, unless the push token that its publisher came in on has been revoked since: then what
    /// revoked it has the last word.
    ///
    /// @param tokenId `jti`
    /// @return the stream key, if this changed something
    List<String> start(Handle handle, UUID id, UUID tokenId, Instant at, Instant now) {
        lock(handle, id);
        String unrevoked = "exists (select 1 from push_token where jti = :tokenId and revoked_at is null)";
        return change(
                handle,
                Event.PLAYABLE,
                ", started_at = :at, ended_at = null, end_reason = null",
                "id = :id and " + unrevoked,
                Map.of("id", id, "tokenId", tokenId, "at", at),
                now);
    }

    /// A broadcast that had been given up goes on.
    void startAgain(Handle handle, UUID id, Instant now) {
        change(
                handle,
                Event.MEDIA_SERVER_BACK,
                ", ended_at = null, end_reason = null",
                "id = :id and end_reason = :lost",
                Map.of("id", id, "lost", EndReason.MEDIA_SERVER_LOST.apiName()),
                now);
    }

    /// A broadcast ended. If its deadline ended it while a new token was being made, that token is good: the
    /// livestream waits for it.
    ///
    /// @return the stream key, if this changed something
    List<String> end(Handle handle, UUID id, EndReason reason, Instant at, Instant now) {
        lock(handle, id);
        boolean expired = reason == EndReason.TOKEN_EXPIRED;
        List<String> changed = change(
                handle,
                expired ? Event.DEADLINE_DURING_BROADCAST : Event.BROADCAST_OVER,
                ", ended_at = :at, end_reason = :reason",
                "id = :id",
                Map.of("id", id, "at", at, "reason", reason.apiName()),
                now);
        if (expired && !changed.isEmpty()) {
            String renewed = "id = :id and push_token_expires_at > :at";
            change(handle, Event.NEW_TOKEN, "", renewed, Map.of("id", id, "at", at), now);
        }
        return changed;
    }

    /// The API ended a broadcast, or a publisher that had nothing to play yet: that has an end and no start.
    void endByApi(Handle handle, UUID id, Instant now) {
        change(
                handle,
                Event.ENDED_BY_API,
                ", started_at = case when status = 'STARTED' then started_at end"
                        + ", ended_at = :now, end_reason = :reason",
                "id = :id",
                Map.of("id", id, "reason", EndReason.API_ENDED.apiName()),
                now);
    }

    /// A new token gave a livestream a deadline, and a new chance if it was over.
    ///
    /// @return false if there is no such livestream any more
    boolean renew(Handle handle, UUID id, Instant deadline, Instant now) {
        change(handle, Event.NEW_TOKEN, "", "id = :id", Map.of("id", id), now);
        return moveDeadline(handle, id, deadline, now);
    }

    /// Gives a livestream a deadline and leaves its status as it is.
    ///
    /// @return false if there is no such livestream any more
    boolean moveDeadline(Handle handle, UUID id, Instant deadline, Instant now) {
        return handle.createUpdate("""
                        update livestream set push_token_expires_at = :deadline, updated_at = :now
                        where id = :id and deleted_at is null""")
                        .bind("id", id)
                        .bind("deadline", deadline)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /// Writes down which waiting livestreams have expired, some at a time.
    ///
    /// @param passed the latest deadline that has passed
    /// @return their stream keys
    List<String> expire(Handle handle, Instant passed, Instant now) {
        return change(
                handle,
                Event.DEADLINE_BEFORE_BROADCAST,
                "",
                "id in (select id from livestream where " + WAITING_IN_VAIN + " limit :most)",
                Map.of("passed", passed, "most", MOST_AT_ONCE),
                now);
    }

    /// Whether [#expire] would change anything.
    boolean anyExpired(Handle handle, Instant passed) {
        return handle.createQuery("select 1 from livestream where " + WAITING_IN_VAIN + " limit 1")
                .bind("passed", passed)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    List<Started> started(Handle handle) {
        return handle.createQuery("""
                        select l.id, l.stream_key from livestream l join media_server m on m.id = l.media_server_id
                        where l.status = 'STARTED' and l.deleted_at is null and m.name = 'local'""")
                .map((results, context) ->
                        new Started(new Row(results).uuid("id"), new Row(results).text("stream_key")))
                .list();
    }

    Optional<Instant> deadline(Handle handle, UUID id) {
        return handle.createQuery("select push_token_expires_at from livestream where id = :id")
                .bind("id", id)
                .map((results, context) -> new Row(results).instant("push_token_expires_at"))
                .findFirst();
    }

    void rememberKeyframeInterval(Handle handle, UUID id, Duration interval) {
        handle.createUpdate("update livestream set keyframe_interval_ms = :millis where id = :id")
                .bind("id", id)
                .bind("millis", interval.toMillis())
                .execute();
    }

    /// Changes the status of those that an event changes. They are locked, unless the event changes one status only.
    ///
    /// @return their stream keys
    private List<String> change(
            Handle handle, Event event, String more, String which, Map<String, ?> values, Instant now) {
        List<String> streamKeys = new ArrayList<>();
        for (Transition transition : Transition.of(event)) {
            String from = transition.from().name();
            List<Changed> changed = handle.createQuery(
                            "update livestream set status = :target, updated_at = :now" + more
                                    + " where status = '" + from + "' and deleted_at is null and " + which
                                    + " returning project_id, stream_key")
                    .bind("target", transition.to().name())
                    .bind("now", now)
                    .bindMap(values)
                    .map((results, context) -> changed(results))
                    .list();
            count(handle, transition, changed);
            changed.forEach(livestream -> streamKeys.add(livestream.streamKey()));
        }
        return streamKeys;
    }

    private void count(Handle handle, Transition transition, List<Changed> changed) {
        if (transition.from() != transition.to()) {
            Map<UUID, Long> byProject =
                    changed.stream().collect(Collectors.groupingBy(Changed::projectId, Collectors.counting()));
            counts.move(handle, byProject, transition.from(), transition.to());
        }
    }

    private static Changed changed(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new Changed(row.uuid("project_id"), row.text("stream_key"));
    }
}
