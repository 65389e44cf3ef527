package io.lunarstream.server.ingest;

import static io.lunarstream.server.ingest.IngestServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.flv.FlvTag;
import io.lunarstream.hls.ListedSegment;
import io.lunarstream.rtmp.amf.AmfValue;
import io.lunarstream.rtmp.amf.AmfValue.AmfNumber;
import io.lunarstream.rtmp.amf.AmfValue.AmfString;
import io.lunarstream.rtmp.message.Command;
import io.lunarstream.rtmp.message.SetChunkSize;
import io.lunarstream.rtmp.session.ClientEvent;
import io.lunarstream.server.Clip;
import io.lunarstream.server.live.EndReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Encoders that behave.
class RtmpIngestIT {
    private static final List<FlvTag> CLIP = Clip.tags();
    private static final long CLIP_MS = 60_000;

    @TempDir
    private Path directory;

    private IngestServer server;

    @BeforeEach
    void open() {
        server = new IngestServer(directory);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void makesAPlaylistOfWhatAnEncoderSends() throws IOException {
        try (RtmpEncoder encoder = RtmpEncoder.publishing(server)) {
            encoder.send(CLIP);
            await().until(() -> server.window()
                    .filter(window -> window.playlist().segments().size() == 15)
                    .isPresent());
            assertThat(server.streams().publishers()).isEqualTo(1);
            assertThat(server.streams().ingest(KEY)).hasValueSatisfying(status -> {
                assertThat(status.videoCodec()).contains("h264");
                assertThat(status.audioCodec()).contains("aac");
            });
            encoder.goodbye();
        }
        await().until(() -> server.told.equals(List.of("playable", "client_stopped")));
        assertThat(server.window().orElseThrow().playlist().ended()).isTrue();
    }

    @Test
    void waitsForAnEncoderWhoseConnectionIsLostAndEndsWithoutIt() throws IOException {
        try (RtmpEncoder encoder = RtmpEncoder.publishing(server)) {
            encoder.send(CLIP);
            await().until(() -> server.window().isPresent());
        }
        await().until(() -> server.told.equals(List.of("playable", "reconnect_timeout")));
    }

    @Test
    void tellsWhyItRefusesBeforeItCloses() throws IOException {
        try (RtmpEncoder encoder = new RtmpEncoder(server, KEY, IngestServer.EXPIRED)) {
            assertThat(encoder.ask())
                    .isEqualTo(new ClientEvent.PublishRefused(
                            "NetStream.Publish.Denied", "EXPIRED_PUSH_TOKEN: Push token has expired"));
            assertThat(encoder.isClosed()).isTrue();
        }
        assertThat(server.streams().windows(KEY)).isEmpty();
    }

    @Test
    void endsWhatAnEncoderBeginsWhoseTokenWasRevokedOnItsWayIn() throws IOException {
        try (RtmpEncoder encoder = new RtmpEncoder(server, KEY, IngestServer.REVOKED_MEANWHILE)) {
            assertThat(encoder.ask()).isInstanceOf(ClientEvent.PublishAccepted.class);
            assertThat(encoder.refusal()).contains("INVALID_PUSH_TOKEN: Push token was revoked");
            assertThat(encoder.isClosed()).isTrue();
        }
        assertThat(server.streams().ingest(KEY)).isEmpty();
        assertThat(server.told).isEmpty();
    }

    @Test
    void tellsTheOldEncoderThatAnotherOneHasTakenOver() throws IOException {
        try (RtmpEncoder old = RtmpEncoder.publishing(server);
                RtmpEncoder next = RtmpEncoder.publishing(server)) {
            assertThat(old.refusal()).contains("REPLACED: ");
            assertThat(old.isClosed()).isTrue();
            next.send(CLIP);
            await().until(() -> server.window().isPresent());
        }
    }

    /// Closing a socket with unread bytes makes the kernel throw away what was said last.
    @Test
    void tellsAnEncoderThatSendsAtFullSpeedWhyItIsCut() throws IOException, InterruptedException {
        try (RtmpEncoder encoder = RtmpEncoder.publishing(server)) {
            byte[] media = encoder.encoded(CLIP, 0);
            Thread sending = Thread.startVirtualThread(() -> sendUntilCut(encoder, media));
            await().until(() -> server.window().isPresent());
            server.streams().end(KEY, EndReason.API_ENDED).toCompletableFuture().join();
            assertThat(encoder.refusal()).contains("BROADCAST_ENDED: The broadcast was ended through the API");
            sending.join();
        }
    }

    private static void sendUntilCut(RtmpEncoder encoder, byte[] media) {
        try {
            while (true) {
                encoder.send(media);
            }
        } catch (IOException _) {
            // The server has closed the connection.
        }
    }

    @Test
    void goesOnWithABroadcastThroughSeveralPublishesOnOneConnection() throws IOException {
        try (RtmpEncoder encoder = RtmpEncoder.publishing(server)) {
            encoder.send(CLIP.subList(0, CLIP.size() / 10));
            await().until(() -> server.window().isPresent());
            encoder.say(new SetChunkSize(65_536), 0);
            for (int cycle = 1; cycle <= 3; cycle++) {
                publishAgain(encoder, cycle);
            }
            await().until(() -> discontinuities() == 3);
            assertThat(server.told).containsExactly("playable");
        }
        await().until(() -> server.told.equals(List.of("playable", "reconnect_timeout")));
    }

    private static void publishAgain(RtmpEncoder encoder, int cycle) throws IOException {
        int stream = cycle + 1;
        AmfString name = new AmfString(KEY + "?pushToken=" + IngestServer.GOOD);
        encoder.say(Command.of("FCUnpublish", 0, AmfValue.NULL, name), 0);
        encoder.say(Command.of("deleteStream", 0, AmfValue.NULL, new AmfNumber(cycle)), 0);
        encoder.say(Command.of("createStream", cycle, AmfValue.NULL), 0);
        encoder.say(Command.of("publish", 0, AmfValue.NULL, name, new AmfString("live")), stream);
        encoder.sayMedia(CLIP.subList(0, CLIP.size() / 10), cycle * CLIP_MS, stream);
    }

    private long discontinuities() {
        return server.window().orElseThrow().playlist().segments().stream()
                .filter(ListedSegment::discontinuity)
                .count();
    }

    @Test
    void endsAtOnceAfterAGoodbyeFollowedByAnotherStreamKey() throws IOException {
        String other = "ffffffffffffffffffffffffffffffff";
        try (RtmpEncoder encoder = RtmpEncoder.publishing(server)) {
            encoder.send(CLIP.subList(0, CLIP.size() / 10));
            await().until(() -> server.window().isPresent());
            encoder.say(new SetChunkSize(65_536), 0);
            encoder.say(Command.of("closeStream", 0, AmfValue.NULL), 1);
            AmfString name = new AmfString(other + "?pushToken=" + IngestServer.GOOD);
            encoder.say(Command.of("publish", 0, AmfValue.NULL, name, new AmfString("live")), 1);
            await().until(() -> server.told.equals(List.of("playable", "client_stopped")));
            await().until(() -> server.streams().ingest(other).isPresent());
        }
    }

    @Test
    void leavesNothingOfAnEncoderThatWentWhileItWasBeingDecidedOn() throws IOException {
        try (RtmpEncoder encoder = new RtmpEncoder(server, KEY, IngestServer.LATE)) {
            encoder.askWithoutWaiting(server, 1);
        }
        assertThat(server.undecided.getFirst().get()).isTrue();
        try (RtmpEncoder next = RtmpEncoder.publishing(server)) {
            next.send(CLIP);
            await().until(() -> server.window().isPresent());
        }
        await().until(() -> server.told.equals(List.of("playable", "reconnect_timeout")));
        await().until(() -> server.streams().publishers() == 0
                && server.streams().ingest(KEY).isEmpty());
    }

    @Test
    void letsAnEncoderInThatWasDecidedOnLate() throws IOException {
        try (RtmpEncoder encoder = new RtmpEncoder(server, KEY, IngestServer.LATE)) {
            encoder.askWithoutWaiting(server, 1);
            assertThat(server.streams().ingest(KEY)).isEmpty();
            assertThat(server.undecided.getFirst().get()).isTrue();
            assertThat(encoder.ask()).isInstanceOf(ClientEvent.PublishAccepted.class);
        }
    }
}
