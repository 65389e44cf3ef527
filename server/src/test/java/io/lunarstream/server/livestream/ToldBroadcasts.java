package io.lunarstream.server.livestream;

import io.lunarstream.server.TestServer;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.live.EndReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/// What a media plane would tell of broadcasts, written into a server's database by a recorder of the test's own.
public final class ToldBroadcasts implements AutoCloseable {
    /// As the server's own by default.
    static final Duration RECONNECT_WINDOW = Duration.ofSeconds(30);

    private final Database database;
    private final Broadcasts broadcasts;

    public ToldBroadcasts(TestServer server, InstantSource clock) {
        database = server.database();
        PublicLivestreams unasked = new PublicLivestreams(database, clock::instant, clock, _ -> {});
        broadcasts = new Broadcasts(database, unasked, /* hasMediaServer= */ true, RECONNECT_WINDOW, clock);
    }

    /// A broadcast became playable whose publisher came in on the livestream's newest token.
    public void playable(UUID livestreamId, Instant at) {
        playable(livestreamId, newestToken(livestreamId), at);
    }

    void playable(UUID livestreamId, UUID tokenId, Instant at) {
        broadcasts.recorder().playable(livestreamId, tokenId, at);
    }

    void keyframeInterval(UUID livestreamId, Duration interval) {
        broadcasts.recorder().keyframeInterval(livestreamId, interval);
    }

    void ended(UUID livestreamId, EndReason reason, Instant at) {
        broadcasts.recorder().ended(livestreamId, reason, at);
    }

    void deadlinePassed(Instant passed) {
        broadcasts.recorder().deadlinePassed(passed);
    }

    UUID newestToken(UUID livestreamId) {
        String jti = database.read(handle -> handle.createQuery(
                        "select jti from push_token where livestream_id = :id order by iat desc, exp desc limit 1")
                .bind("id", livestreamId)
                .mapTo(String.class)
                .one());
        return UUID.fromString(jti);
    }

    Database database() {
        return database;
    }

    /// All that was told has been written after this.
    @Override
    public void close() {
        broadcasts.close();
        database.close();
    }
}
