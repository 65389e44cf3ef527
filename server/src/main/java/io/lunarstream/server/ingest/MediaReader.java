package io.lunarstream.server.ingest;

import io.lunarstream.flv.FlvAudioReader;
import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvPacket;
import io.lunarstream.flv.FlvVideoReader;
import io.lunarstream.hls.Frame;
import io.lunarstream.media.MediaKind;
import io.lunarstream.server.live.Publisher;
import io.netty.buffer.ByteBuf;
import java.time.InstantSource;

/// Reads the media messages of one publish and hands what they say to the publisher.
///
/// Without its picture a stream is another one, so unsupported video is refused; unsupported audio is left out.
final class MediaReader {
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
        switch (packet) {
            case FlvPacket.VideoConfiguration(var codec) -> publisher.configuration(codec);
            case FlvPacket.AudioConfiguration(var codec) -> publisher.configuration(codec);
            case FlvPacket.VideoFrame(boolean sync, int compositionTimeMs, ByteBuf data) ->
                publisher.frame(new Frame(MediaKind.VIDEO, timestampMs, compositionTimeMs, sync, data, clock.millis()));
            case FlvPacket.AudioFrame(ByteBuf data) ->
                publisher.frame(new Frame(MediaKind.AUDIO, timestampMs, 0, true, data, clock.millis()));
            case FlvPacket.FrameWithConfiguration(var codec, FlvPacket frame) -> {
                publisher.configuration(codec);
                take(timestampMs, frame);
            }
            case FlvPacket.Unsupported(MediaKind kind, String codec) -> {
                if (kind == MediaKind.VIDEO) {
                    throw new UnsupportedCodecException(kind, codec);
                }
                publisher.leftOut(kind, codec);
            }
            case FlvPacket.Ignored(FlvPacket.Ignored.Why why) -> {
                if (why == FlvPacket.Ignored.Why.FURTHER_TRACK) {
                    publisher.furtherTrackLeftOut();
                }
            }
            case FlvPacket.VideoEnd _ -> {}
        }
    }
}
