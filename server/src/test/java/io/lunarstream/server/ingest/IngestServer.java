package io.lunarstream.server.ingest;

import io.lunarstream.server.http.EventLoops;
import io.lunarstream.server.live.BroadcastListener;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.live.LiveSettings;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.MediaFiles;
import io.lunarstream.server.live.PublishAuthorizer;
import io.lunarstream.server.live.PublishDecision;
import io.lunarstream.server.live.PublishPermit;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.live.PublishRequest;
import io.lunarstream.server.live.UnwatchedStreams;
import io.lunarstream.server.live.Window;
import io.lunarstream.server.live.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// The RTMP port, with live streams behind it and a control plane that believes every token but some.
final class IngestServer implements AutoCloseable, PublishAuthorizer, BroadcastListener {
    static final String KEY = "0123456789abcdef0123456789abcdef";
    static final String GOOD = "good";
    static final String EXPIRED = "expired";

    /// Good when it is shown, and revoked by the time its publisher is in.
    static final String REVOKED_MEANWHILE = "revoked meanwhile";

    /// Decided when the test says so.
    static final String LATE = "late";

    /// Short, so that a test can wait for it.
    private static final Duration RECONNECT_WINDOW = Duration.ofMillis(500);

    final List<String> told = new CopyOnWriteArrayList<>();
    final List<Supplier<Boolean>> undecided = new CopyOnWriteArrayList<>();

    private final EventLoops loops = EventLoops.open();
    private final MediaFiles files;
    private final LiveStreams streams;
    private final RtmpListener listener;

    IngestServer(Path directory) {
        files = new MediaFiles(directory);
        LiveSettings settings = new LiveSettings(RECONNECT_WINDOW, LiveSettings.Takeover.REPLACE, 100);
        streams = UnwatchedStreams.of(InstantSource.system(), settings, files, this);
        Ingest ingest = new Ingest(this, streams, InstantSource.system());
        listener = RtmpListener.open(loops, "127.0.0.1", 0, ingest);
    }

    int port() {
        return listener.port();
    }

    LiveStreams streams() {
        return streams;
    }

    /// What viewers see; empty until there is something to play.
    Optional<Window> window() {
        return streams.windows(KEY).flatMap(Windows::newest);
    }

    @Override
    public CompletionStage<PublishDecision> authorize(PublishRequest request) {
        PublishPermit permit = new PublishPermit(
                UUID.nameUUIDFromBytes(new byte[1]),
                request.streamKey(),
                UUID.randomUUID(),
                Instant.now().plusSeconds(3_600),
                Optional.empty());
        PublishDecision yes = new PublishDecision.Permitted(permit);
        return switch (request.pushToken()) {
            case GOOD -> CompletableFuture.completedStage(yes);
            case EXPIRED ->
                CompletableFuture.completedStage(new PublishDecision.Refused(PublishRefusal.EXPIRED_PUSH_TOKEN));
            case LATE -> {
                CompletableFuture<PublishDecision> later = new CompletableFuture<>();
                undecided.add(() -> later.complete(yes));
                yield later;
            }
            case REVOKED_MEANWHILE ->
                CompletableFuture.completedStage(
                        streams.ingest(request.streamKey()).isEmpty()
                                ? yes
                                : new PublishDecision.Refused(PublishRefusal.INVALID_PUSH_TOKEN));
            default -> CompletableFuture.completedStage(new PublishDecision.Refused(PublishRefusal.INVALID_PUSH_TOKEN));
        };
    }

    @Override
    public void playable(UUID livestreamId, UUID tokenId, Instant at) {
        told.add("playable");
    }

    @Override
    public void keyframeInterval(UUID livestreamId, Duration interval) {}

    @Override
    public void ended(UUID livestreamId, EndReason reason, Instant at) {
        told.add(reason.apiName());
    }

    @Override
    public void close() {
        listener.close();
        files.close();
        loops.close();
    }
}
