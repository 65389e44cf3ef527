package io.lunarstream.hls;

import io.lunarstream.dump.Clip;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.TrackKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// An encoder for tests: 25 pictures a second and the AAC frames that go with them, with real codec configurations and
/// small made-up payloads. Its wall clock runs with what it sends.
final class Encoder {
    static final int PICTURE_MS = 40;

    private static final long WIRE = 0xFFFF_FFFFL;
    private static final byte[] IDR = {0, 0, 0, 2, 0x65, (byte) 0x88};
    private static final byte[] NON_IDR = {0, 0, 0, 2, 0x41, (byte) 0x9A};
    private static final byte[] AUDIO = {0x21, 0x10, 0x04};

    private final double audioFrameMs =
            1_024_000.0 / ((Codec.Aac) codec(MediaKind.AUDIO)).configuration().samplingFrequency();
    private final Packager packager;
    private final boolean video;
    private final boolean audio;
    private final int keyframeIntervalMs;
    private long firstTimestampMs;
    private long sentMs;
    private long audioFrames;
    private long clockMs = 1_000_000_000_000L;

    Encoder(Packager packager, boolean video, boolean audio, int keyframeIntervalMs) {
        this.packager = packager;
        this.video = video;
        this.audio = audio;
        this.keyframeIntervalMs = keyframeIntervalMs;
    }

    /// The codec configuration of a real stream.
    static Codec codec(MediaKind kind) {
        return Clip.load("h264-aac.flv").tracks().stream()
                .filter(track -> track.kind() == kind)
                .findFirst()
                .orElseThrow()
                .codec();
    }

    /// Sends the sequence headers.
    Encoder announce() {
        if (video) {
            packager.configuration(codec(MediaKind.VIDEO));
        }
        if (audio) {
            packager.configuration(codec(MediaKind.AUDIO));
        }
        return this;
    }

    /// Begins a run of time stamps with a keyframe.
    Encoder from(long timestampMs) {
        firstTimestampMs = timestampMs;
        sentMs = 0;
        audioFrames = 0;
        return this;
    }

    /// Time passes without media.
    Encoder pause(long ms) {
        clockMs += ms;
        return this;
    }

    /// Sends media of this length.
    Encoder send(int ms) {
        for (long endMs = sentMs + ms; sentMs < endMs; sentMs += PICTURE_MS, clockMs += PICTURE_MS) {
            if (video) {
                boolean sync = sentMs % keyframeIntervalMs == 0;
                frame(MediaKind.VIDEO, sentMs, sync, sync ? IDR : NON_IDR);
            }
            for (; audio && audioFrames * audioFrameMs < sentMs + PICTURE_MS; audioFrames++) {
                frame(MediaKind.AUDIO, Math.round(audioFrames * audioFrameMs), true, AUDIO);
            }
        }
        return this;
    }

    private void frame(MediaKind kind, long ms, boolean sync, byte[] payload) {
        ByteBuf data = Unpooled.wrappedBuffer(payload);
        packager.frame(new Frame(TrackKey.defaultOf(kind), (firstTimestampMs + ms) & WIRE, 0, sync, data, clockMs));
    }
}
