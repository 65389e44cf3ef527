package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Row;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.livestream.Transition.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// The SQL of a livestream's status: every statement changes it along the table of [Transition], or not at all.
final class StatusRepository {

    /// A livestream that was live when it was last heard of.
    record Started(UUID id, String streamKey) {}

    /// A broadcast began.
    void start(Handle handle, UUID id, Instant at, Instant now) {
        change(handle, Event.PLAYABLE, ", started_at = :at, ended_at = null, end_reason = null", "id = :id", now)
                .bind("id", id)
                .bind("at", at)
                .execute();
    }

    /// A broadcast ended.
    void end(Handle handle, UUID id, EndReason reason, Instant at, Instant now) {
        Event event = reason == EndReason.TOKEN_EXPIRED ? Event.DEADLINE_DURING_BROADCAST : Event.BROADCAST_OVER;
        change(handle, event, ", ended_at = :at, end_reason = :reason", "id = :id", now)
                .bind("id", id)
                .bind("at", at)
                .bind("reason", reason.apiName())
                .execute();
    }

    /// A new token gave a livestream a deadline, and a new chance if it was over.
    ///
    /// @return false if there is no such livestream any more
    boolean renew(Handle handle, UUID id, Instant deadline, Instant now) {
        change(handle, Event.NEW_TOKEN, "", "id = :id", now).bind("id", id).execute();
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
    void expire(Handle handle, Instant passed, Instant now) {
        change(handle, Event.DEADLINE_BEFORE_BROADCAST, "", "push_token_expires_at <= :passed", now)
                .bind("passed", passed)
                .execute();
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
                        select id, stream_key from livestream where status = 'STARTED' and deleted_at is null""")
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

    private static Update change(Handle handle, Event event, String more, String which, Instant now) {
        List<LivestreamStatus> sources = Transition.sources(event);
        LivestreamStatus target = Transition.next(sources.getFirst(), event).orElseThrow();
        String sql = "update livestream set status = :target, updated_at = :now" + more
                + " where status in (<sources>) and deleted_at is null and " + which;
        return handle.createUpdate(sql)
                .bind("target", target.name())
                .bind("now", now)
                .bindList("sources", names(sources));
    }

    private static List<String> names(List<LivestreamStatus> statuses) {
        return statuses.stream().map(LivestreamStatus::name).toList();
    }
}
