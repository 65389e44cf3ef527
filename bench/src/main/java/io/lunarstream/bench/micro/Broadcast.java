package io.lunarstream.bench.micro;

import io.lunarstream.bench.sender.RecordedLoop;
import io.lunarstream.flv.FlvAudioReader;
import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvPacket;
import io.lunarstream.flv.FlvPacket.AudioConfiguration;
import io.lunarstream.flv.FlvPacket.AudioFrame;
import io.lunarstream.flv.FlvPacket.VideoConfiguration;
import io.lunarstream.flv.FlvPacket.VideoFrame;
import io.lunarstream.flv.FlvVideoReader;
import io.lunarstream.hls.Frame;
import io.lunarstream.hls.Packager;
import io.lunarstream.hls.PackagerListener;
import io.lunarstream.media.Codec;
import io.lunarstream.media.TrackKey;
import io.lunarstream.rtmp.chunk.ChunkResult.MessageRead;
import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Optional;

/// A broadcast of the clip, round after round: from a publisher's bytes to parts and segments of both forms.
final class Broadcast {
    private final FlvVideoReader video = new FlvVideoReader();
    private final FlvAudioReader audio = new FlvAudioReader();
    private final RecordedLoop loop;
    private final Packager packager;
    private final ChunkFeed feed;

    /// @param listener takes what is made
    Broadcast(RecordedLoop loop, PackagerListener listener) {
        this.loop = loop;
        this.packager = new Packager(PooledByteBufAllocator.DEFAULT, Optional.empty(), listener);
        this.feed = new ChunkFeed(loop, this::take);
    }

    void round() {
        feed.round(this::take);
    }

    int roundBytes() {
        return feed.roundBytes();
    }

    int roundSamples() {
        return loop.tags().size();
    }

    private void take(MessageRead message) {
        long ms = message.timestampMs();
        switch (packet(message)) {
            case VideoConfiguration(Codec codec) -> packager.configuration(codec);
            case AudioConfiguration(Codec codec) -> packager.configuration(codec);
            case VideoFrame(boolean sync, int compositionTimeMs, var data) ->
                packager.frame(new Frame(TrackKey.VIDEO, ms, compositionTimeMs, sync, data, ms));
            case AudioFrame(var data) ->
                packager.frame(new Frame(
                        TrackKey.AUDIO, ms, /* compositionTimeMs= */ 0, /* sync= */ true, data, /* arrivalMs= */ ms));
            case FlvPacket other -> throw new IllegalStateException("no frame: " + other);
        }
    }

    private FlvPacket packet(MessageRead message) {
        try {
            return message.type() == MessageType.VIDEO ? video.read(message.payload()) : audio.read(message.payload());
        } catch (FlvException e) {
            throw new IllegalStateException("the clip is broken", e);
        }
    }
}
