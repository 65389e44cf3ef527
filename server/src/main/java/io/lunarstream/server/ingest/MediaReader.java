package io.lunarstream.server.ingest;

import io.lunarstream.flv.FlvAudioReader;
import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvPacket;
import io.lunarstream.flv.FlvVideoReader;
import io.lunarstream.hls.Frame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.TrackKey;
import io.lunarstream.server.live.Publisher;
import io.netty.buffer.ByteBuf;
import java.time.InstantSource;
import java.util.List;

/// Reads the media messages of one publish and hands what they say to the publisher.
///
/// Without its picture a stream is another one, so unsupported video is refused; unsupported audio is left out, and
/// so is another encoding of the picture.
final class MediaReader {
    private static final int DEFAULT_TRACK = 0;

    private final FlvVideoReader video = new FlvVideoReader();
    private final FlvAudioReader audio = new FlvAudioReader();
    private final Publisher publisher;
    private final InstantSource clock;

    MediaReader(Publisher publisher, InstantSource clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    Publisher publisher() {
        return publisher;
    }

    /// Reads the body of a video message.
    ///
    /// @param timestampMs as on the wire, 0 to 2^32 - 1
    void video(long timestampMs, ByteBuf body) throws FlvException, UnsupportedCodecException {
        take(timestampMs, video.read(body));
    }

    /// Reads the body of an audio message.
    ///
    /// @param timestampMs as on the wire, 0 to 2^32 - 1
    void audio(long timestampMs, ByteBuf body) throws FlvException, UnsupportedCodecException {
        take(timestampMs, audio.read(body));
    }

    private void take(long timestampMs, FlvPacket packet) throws UnsupportedCodecException {
        if (packet instanceof FlvPacket.Multitrack(List<FlvPacket.TrackPacket> packets)) {
            for (FlvPacket.TrackPacket each : packets) {
                take(each.trackId(), timestampMs, each.packet());
            }
        } else {
            take(DEFAULT_TRACK, timestampMs, packet);
        }
    }

    private void take(int trackId, long timestampMs, FlvPacket packet) throws UnsupportedCodecException {
        switch (packet) {
            case FlvPacket.VideoConfiguration(Codec codec) -> configuration(trackId, codec);
            case FlvPacket.AudioConfiguration(Codec codec) -> configuration(trackId, codec);
            case FlvPacket.VideoFrame(boolean sync, int compositionTimeMs, ByteBuf data) -> {
                TrackKey track = new TrackKey(MediaKind.VIDEO, trackId);
                publisher.frame(new Frame(track, timestampMs, compositionTimeMs, sync, data, clock.millis()));
            }
            case FlvPacket.AudioFrame(ByteBuf data) -> {
                TrackKey track = new TrackKey(MediaKind.AUDIO, trackId);
                publisher.frame(new Frame(track, timestampMs, 0, true, data, clock.millis()));
            }
            case FlvPacket.FrameWithConfiguration(Codec codec, FlvPacket frame) -> {
                configuration(trackId, codec);
                take(trackId, timestampMs, frame);
            }
            case FlvPacket.Unsupported(MediaKind kind, String codec) -> {
                if (kind == MediaKind.VIDEO && trackId == DEFAULT_TRACK) {
                    throw new UnsupportedCodecException(kind, codec);
                }
                publisher.leftOut(kind, codec);
            }
            case FlvPacket.Ignored(FlvPacket.Ignored.Why why) -> {
                if (why == FlvPacket.Ignored.Why.FURTHER_TRACK) {
                    publisher.furtherTrackLeftOut();
                }
            }
            case FlvPacket.Multitrack _, FlvPacket.VideoEnd _ -> {}
        }
    }

    private void configuration(int trackId, Codec codec) {
        publisher.configuration(new TrackKey(codec.kind(), trackId), codec);
    }
}
