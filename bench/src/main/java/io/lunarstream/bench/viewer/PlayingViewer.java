package io.lunarstream.bench.viewer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/// One viewer on one connection: fetches a playlist, then what is new in it, and again, in real time.
final class PlayingViewer {
    private static final int OK = 200;

    private final Vertx vertx;
    private final HttpClientConnection connection;
    private final URI playlist;
    private final PlayingViewers.Tally tally;
    private final PlaybackPlan plan = new PlaybackPlan();

    PlayingViewer(Vertx vertx, HttpClientConnection connection, URI playlist, PlayingViewers.Tally tally) {
        this.vertx = vertx;
        this.connection = connection;
        this.playlist = playlist;
        this.tally = tally;
    }

    /// Views, until the connection is closed.
    void view() {
        long askedNs = System.nanoTime();
        get(playlist).compose(HttpClientResponse::body).onComplete(found -> {
            if (found.failed()) {
                tally.fail();
                return;
            }
            PlaybackPlan.Step step = plan.read(found.result().toString());
            tally.miss(step.missed());
            fetch(step.segments().iterator()).onSuccess(_ -> {
                long waitNs = step.reloadAfter().toNanos() - (System.nanoTime() - askedNs);
                vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNs)), _ -> view());
            });
        });
    }

    /// Fetches segments, one after the other.
    private Future<?> fetch(Iterator<PlaybackPlan.Due> segments) {
        if (!segments.hasNext()) {
            return Future.succeededFuture();
        }
        PlaybackPlan.Due due = segments.next();
        long askedNs = System.nanoTime();
        return get(playlist.resolve(due.uri()))
                .compose(this::readToTheEnd)
                .onSuccess(_ ->
                        tally.segment(System.nanoTime() - askedNs > due.length().toNanos()))
                .onFailure(_ -> tally.fail())
                .compose(_ -> fetch(segments));
    }

    private Future<HttpClientResponse> get(URI address) {
        String path = address.getRawQuery() == null
                ? address.getRawPath()
                : address.getRawPath() + "?" + address.getRawQuery();
        return connection
                .request(HttpMethod.GET, path)
                .compose(request -> request.send())
                .compose(response -> response.statusCode() == OK
                        ? Future.succeededFuture(response)
                        : Future.failedFuture("status " + response.statusCode()));
    }

    private Future<Void> readToTheEnd(HttpClientResponse response) {
        response.handler(piece -> tally.bytes(piece.length()));
        return response.end();
    }
}
