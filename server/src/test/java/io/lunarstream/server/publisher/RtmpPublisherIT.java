package io.lunarstream.server.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.session.PublishTarget;
import io.lunarstream.server.http.EventLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Publishers against servers that behave and servers that do not.
class RtmpPublisherIT {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(15);

    private final EventLoops loops = EventLoops.open();
    private final RtmpClient client = new RtmpClient(loops);

    @AfterEach
    void stop() {
        client.close();
        loops.close();
    }

    @Test
    void sendsEverythingOnceAndSaysGoodbye() throws Exception {
        try (FakeServer server = new FakeServer()) {
            server.readMedia();
            FlvBytes flv = new FlvBytes();
            flv.tag(FlvTag.Type.SCRIPT_DATA, 0, "02000a6f6e4d65746144617461" + "0300000903")
                    .configurations()
                    .video(0)
                    .audio(10)
                    .video(40);
            RtmpPublisher publisher = client.publish(server.target(), once(flv));
            assertThat(end(publisher)).isInstanceOf(PublishEnd.Finished.class);
            assertThat(server.received()).endsWith("video 0", "audio 0", "video 0", "audio 10", "video 40", "goodbye");
        }
    }

    @Test
    void waitsForAServerThatReadsSlowlyAndGoesOnWhereItWas() throws Exception {
        int frames = 2_000;
        try (FakeServer server = new FakeServer()) {
            AtomicInteger taken = new AtomicInteger();
            RtmpPublisher publisher = client.publish(server.target(), TagLoop.once(new LargeFrames(frames, taken)));
            await().atMost(LONG_ENOUGH)
                    .during(Duration.ofMillis(500))
                    .until(taken::get, count -> count > 0 && count < frames / 2);
            server.readMedia();
            assertThat(end(publisher)).isInstanceOf(PublishEnd.Finished.class);
            assertThat(server.received()).hasSize(frames + 1).endsWith("goodbye");
        }
    }

    @Test
    void stopsWithAGoodbyeWhenItIsTold() throws Exception {
        try (FakeServer server = new FakeServer()) {
            server.readMedia();
            RtmpPublisher publisher = client.publish(
                    server.target(),
                    TagLoop.endless(FlvClip.of(FlvBytes.testPicture()).tags()));
            await().until(() -> server.received().size() > 10);
            publisher.stop();
            assertThat(end(publisher)).isInstanceOf(PublishEnd.Finished.class);
            await().until(() -> server.received().getLast().equals("goodbye"));
            publisher.stop();
        }
    }

    @Test
    void endsWhenTheServerIsKilled() throws Exception {
        try (FakeServer server = new FakeServer()) {
            server.readMedia();
            RtmpPublisher publisher = client.publish(
                    server.target(),
                    TagLoop.endless(FlvClip.of(FlvBytes.testPicture()).tags()));
            await().until(() -> server.received().size() > 10);
            server.breakConnection();
            assertThat(end(publisher)).isInstanceOf(PublishEnd.ConnectionLost.class);
            assertThat(end(publisher).text()).startsWith("the connection was lost: ");
        }
    }

    @Test
    void saysWhyThereIsNoConnection() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        PublishTarget nobody = PublishTarget.parse("rtmp://127.0.0.1:" + port + "/live/key?pushToken=very-secret");
        RtmpPublisher publisher = client.publish(nobody, once(new FlvBytes().video(0)));
        assertThat(end(publisher).text()).isEqualTo("cannot connect: 127.0.0.1:" + port + ": connection refused");
        assertThat(publisher.accepted().toCompletableFuture().get()).isFalse();
    }

    @Test
    void saysThatAHostNameIsUnknown() throws Exception {
        PublishTarget nowhere = PublishTarget.parse("rtmp://no-such-host.invalid/live/key");
        assertThat(end(client.publish(nowhere, once(new FlvBytes().video(0)))).text())
                .isEqualTo("cannot connect: no-such-host.invalid:1935: unknown host name");
    }

    @Test
    void endsWhenTheRecordingCannotBeRead() throws Exception {
        try (FakeServer server = new FakeServer()) {
            server.readMedia();
            RtmpPublisher publisher = client.publish(server.target(), once(new FlvBytes().configurations()));
            assertThat(end(publisher).text())
                    .isEqualTo("the recording cannot be read: it holds neither audio nor video");
        }
    }

    private static TagLoop once(FlvBytes flv) throws FlvException {
        return TagLoop.once(FlvClip.of(flv.toArray()).tags());
    }

    private static PublishEnd end(RtmpPublisher publisher) throws Exception {
        return publisher.ended().toCompletableFuture().get(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS);
    }

    /// Frames of 64 KiB that are all due at once.
    private static final class LargeFrames implements TagSource {
        private final FlvTag frame;
        private final int frames;
        private final AtomicInteger taken;

        LargeFrames(int frames, AtomicInteger taken) throws FlvException, IOException {
            this.frames = frames;
            this.taken = taken;
            String body = "1701000000" + "00".repeat(64 << 10);
            byte[] flv = new FlvBytes().tag(FlvTag.Type.VIDEO, 0, body).toArray();
            try (TagSource one = FlvClip.of(flv).tags()) {
                this.frame = one.next().orElseThrow();
            }
        }

        @Override
        public Optional<FlvTag> next() {
            return taken.get() < frames
                    ? Optional.of(frame).filter(_ -> taken.incrementAndGet() > 0)
                    : Optional.empty();
        }

        @Override
        public void rewind() {
            taken.set(0);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
