package io.lunarstream.server.live;

import io.lunarstream.hls.Frame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.TrackKey;
import io.lunarstream.server.Clip;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// An encoder for tests: 25 pictures a second, a keyframe every 2 s, and AAC; with real codec configurations and
/// made-up payloads. Time passes while it sends.
public final class Encoder {
    private static final int PICTURE_MS = 40;
    private static final int KEYFRAME_INTERVAL_MS = 2_000;
    private static final int SMALL_PAYLOAD_BYTES = 16;
    private static final List<Codec> CODECS = Clip.codecs();

    private final Publisher publisher;
    private final InstantSource clock;
    private final Consumer<Duration> wait;
    private final int payloadBytes;
    private final int tracksOfEachKind;
    private final double audioFrameMs = audioFrameMs();
    private long sentMs;
    private long audioFrames;

    /// @param wait lets time pass
    public Encoder(Publisher publisher, InstantSource clock, Consumer<Duration> wait) {
        this(publisher, clock, wait, SMALL_PAYLOAD_BYTES, /* tracksOfEachKind= */ 1);
    }

    /// @param payloadBytes size of each picture
    /// @param tracksOfEachKind how often each picture and sound is sent
    public Encoder(
            Publisher publisher, InstantSource clock, Consumer<Duration> wait, int payloadBytes, int tracksOfEachKind) {
        this.tracksOfEachKind = tracksOfEachKind;
        this.publisher = publisher;
        this.clock = clock;
        this.wait = wait;
        this.payloadBytes = payloadBytes;
    }

    /// Sends the codec configurations.
    public Encoder announce() {
        CODECS.forEach(this::announce);
        return this;
    }

    /// Sends that of the picture only.
    public Encoder announceVideo() {
        CODECS.stream().filter(codec -> codec.kind() == MediaKind.VIDEO).forEach(this::announce);
        return this;
    }

    /// Sends media of this length.
    public Encoder send(Duration length) {
        for (long endMs = sentMs + length.toMillis(); sentMs < endMs; sentMs += PICTURE_MS) {
            boolean sync = sentMs % KEYFRAME_INTERVAL_MS == 0;
            frame(MediaKind.VIDEO, sentMs, sync, picture(sync));
            for (; audioFrames * audioFrameMs < sentMs + PICTURE_MS; audioFrames++) {
                ByteBuf audio = Unpooled.wrappedBuffer(new byte[] {0x21, 0x10, 0x04});
                frame(MediaKind.AUDIO, Math.round(audioFrames * audioFrameMs), true, audio);
            }
            wait.accept(Duration.ofMillis(PICTURE_MS));
        }
        return this;
    }

    /// Sends a picture whose NAL unit claims to be longer than it is, which no packager can take.
    void sendUnusablePicture() {
        ByteBuf unusable = Unpooled.buffer().writeInt(1_000).writeByte(0x65);
        frame(MediaKind.VIDEO, sentMs, true, unusable);
    }

    private void announce(Codec codec) {
        for (int track = 0; track < tracksOfEachKind; track++) {
            publisher.configuration(new TrackKey(codec.kind(), track), codec);
        }
    }

    private void frame(MediaKind kind, long ms, boolean sync, ByteBuf data) {
        for (int track = 0; track < tracksOfEachKind; track++) {
            TrackKey key = new TrackKey(kind, track);
            publisher.frame(new Frame(key, ms & 0xFFFF_FFFFL, 0, sync, data, clock.millis()));
        }
    }

    private ByteBuf picture(boolean sync) {
        ByteBuf picture = Unpooled.buffer(payloadBytes);
        picture.writeInt(payloadBytes - Integer.BYTES).writeByte(sync ? 0x65 : 0x41);
        return picture.writeZero(payloadBytes - picture.readableBytes());
    }

    private static double audioFrameMs() {
        for (Codec codec : CODECS) {
            if (codec instanceof Codec.Aac(var configuration)) {
                return 1_000.0 * configuration.samplesPerFrame() / configuration.samplingFrequency();
            }
        }
        throw new AssertionError("the clip has sound");
    }
}
