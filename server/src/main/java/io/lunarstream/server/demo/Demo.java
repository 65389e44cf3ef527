package io.lunarstream.server.demo;

import io.lunarstream.flv.FlvException;
import io.lunarstream.rtmp.session.PublishTarget;
import io.lunarstream.server.config.Addresses;
import io.lunarstream.server.http.EventLoops;
import io.lunarstream.server.livestream.OwnLivestream;
import io.lunarstream.server.livestream.OwnLivestream.Access;
import io.lunarstream.server.publisher.FlvClip;
import io.lunarstream.server.publisher.PublishEnd;
import io.lunarstream.server.publisher.RtmpClient;
import io.lunarstream.server.publisher.RtmpPublisher;
import io.lunarstream.server.publisher.TagLoop;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Broadcasts the test picture in a loop, over RTMP to the server's own port, for as long as the server runs.
///
/// Plain blocking code on a thread of its own: the event loops do the sending. When the broadcast breaks it is begun
/// again after a while. At the end it leaves like an encoder whose server goes away, without a goodbye, so the next
/// start goes on with the same livestream.
public final class Demo implements AutoCloseable {
    /// What the livestream is called.
    public static final String NAME = "Demo";

    /// What the livestream is found again by.
    public static final String EXTERNAL_ID = "demo";

    /// Long enough that a renewal may fail for hours without an interruption.
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

    /// How long before its end a token is replaced.
    private static final Duration RENEW_BEFORE_END = TOKEN_LIFETIME.dividedBy(2);

    /// How often the token's age is looked at.
    private static final Duration WATCH = Duration.ofSeconds(1);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final String CLIP = "test-picture.flv";
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    private final EventLoops loops;
    private final OwnLivestream livestream;
    private final Addresses addresses;
    private final String rtmpHost;
    private final int rtmpPort;
    private final InstantSource clock;
    private final Backoff backoff = new Backoff();
    private String announced = "";
    private @Nullable Thread thread;
    private volatile boolean closed;

    /// @param rtmpHost where the server's own RTMP port is reached from this machine
    public Demo(
            EventLoops loops,
            OwnLivestream livestream,
            Addresses addresses,
            String rtmpHost,
            int rtmpPort,
            InstantSource clock) {
        this.loops = loops;
        this.livestream = livestream;
        this.addresses = addresses;
        this.rtmpHost = rtmpHost;
        this.rtmpPort = rtmpPort;
        this.clock = clock;
    }

    /// Begins, once, and returns at once.
    ///
    /// @param announce told the address of the page that shows the broadcast, once that is there
    public void start(Consumer<String> announce) {
        thread = Thread.ofVirtual().name("demo").start(() -> run(announce));
    }

    private void run(Consumer<String> announce) {
        try (RtmpClient client = new RtmpClient(loops)) {
            FlvClip clip = FlvClip.of(clipBytes());
            while (!closed) {
                String failure = broadcast(client, clip, announce);
                Duration wait = backoff.next();
                LOG.warn("the demo's broadcast ended: {}; it begins again in {} s", failure, wait.toSeconds());
                Thread.sleep(wait);
            }
        } catch (InterruptedException _) {
            // The server closes.
        } catch (IOException | FlvException e) {
            throw new IllegalStateException("the program's own clip is damaged", e);
        }
    }

    /// Broadcasts until it breaks.
    ///
    /// @return why it broke
    private String broadcast(RtmpClient client, FlvClip clip, Consumer<String> announce) throws InterruptedException {
        try {
            Access access = livestream.open(TOKEN_LIFETIME);
            RtmpPublisher publisher = client.publish(target(access), TagLoop.endless(clip.tags()));
            if (publisher.accepted().toCompletableFuture().get()) {
                backoff.reset();
                announce(access, announce);
            }
            return untilEnd(publisher, access.expiresAt()).text();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a publisher ends normally", e);
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// Tells of a page that has not been told of: the livestream may have been deleted and made anew.
    private void announce(Access access, Consumer<String> announce) {
        String page = addresses.previewPlayback(access.streamKey());
        if (!page.equals(announced)) {
            announced = page;
            announce.accept(page);
        }
    }

    private PublishTarget target(Access access) {
        String streamName = access.streamKey() + "?pushToken=" + access.pushToken();
        return new PublishTarget(/* secure= */ false, rtmpHost, rtmpPort, "live", streamName);
    }

    private PublishEnd untilEnd(RtmpPublisher publisher, Instant tokenExpiresAt)
            throws InterruptedException, ExecutionException {
        Instant expiresAt = tokenExpiresAt;
        while (true) {
            try {
                return publisher.ended().toCompletableFuture().get(WATCH.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                expiresAt = renewed(expiresAt);
            }
        }
    }

    /// A newer token's end, where it is time for one: it lets the broadcast go on without an interruption.
    private Instant renewed(Instant expiresAt) {
        if (clock.instant().isBefore(expiresAt.minus(RENEW_BEFORE_END))) {
            return expiresAt;
        }
        try {
            return livestream.open(TOKEN_LIFETIME).expiresAt();
        } catch (RuntimeException e) {
            LOG.warn("the demo's push token could not be renewed: {}", e.getMessage());
            return expiresAt;
        }
    }

    private static byte[] clipBytes() throws IOException {
        try (InputStream clip = Demo.class.getResourceAsStream(CLIP)) {
            if (clip == null) {
                throw new IOException(CLIP + " is missing");
            }
            return clip.readAllBytes();
        }
    }

    /// Ends the broadcast; no other begins.
    @Override
    public void close() {
        closed = true;
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
