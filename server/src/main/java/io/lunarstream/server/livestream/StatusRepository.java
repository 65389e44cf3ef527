package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Row;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.livestream.Transition.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of a livestream's status: every statement changes it along the table of [Transition], or not at all.
final class StatusRepository {

    /// A livestream that was live on the embedded media server when it was last heard of.
    record Started(UUID id, String streamKey) {}

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

    /// Writes down which waiting livestreams have expired.
    ///
    /// @param passed the latest deadline that has passed
    /// @return their stream keys
    List<String> expire(Handle handle, Instant passed, Instant now) {
        return change(
                handle,
                Event.DEADLINE_BEFORE_BROADCAST,
                "",
                "push_token_expires_at <= :passed",
                Map.of("passed", passed),
                now);
    }

    /// Whether [#expire] would change anything.
    boolean anyExpired(Handle handle, Instant passed) {
        return handle.createQuery("""
                        select 1 from livestream where status in (<sources>) and push_token_expires_at <= :passed
                            and deleted_at is null limit 1""")
                .bindList("sources", names(Transition.sources(Event.DEADLINE_BEFORE_BROADCAST)))
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

    /// Changes the status of those that an event changes.
    ///
    /// @return their stream keys
    private static List<String> change(
            Handle handle, Event event, String more, String which, Map<String, ?> values, Instant now) {
        List<LivestreamStatus> sources = Transition.sources(event);
        LivestreamStatus target = Transition.next(sources.getFirst(), event).orElseThrow();
        String sql = "update livestream set status = :target, updated_at = :now" + more
                + " where status in (<sources>) and deleted_at is null and " + which + " returning stream_key";
        return handle.createQuery(sql)
                .bind("target", target.name())
                .bind("now", now)
                .bindList("sources", names(sources))
                .bindMap(values)
                .mapTo(String.class)
                .list();
    }

    private static List<String> names(List<LivestreamStatus> statuses) {
        return statuses.stream().map(LivestreamStatus::name).toList();
    }
}
