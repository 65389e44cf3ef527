package io.lunarstream.bench.micro;

import io.lunarstream.bench.sender.RecordedLoop;
import io.lunarstream.flv.FlvAudioReader;
import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvPacket;
import io.lunarstream.flv.FlvPacket.AudioConfiguration;
import io.lunarstream.flv.FlvPacket.AudioFrame;
import io.lunarstream.flv.FlvPacket.VideoConfiguration;
import io.lunarstream.flv.FlvPacket.VideoFrame;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.flv.FlvVideoReader;
import io.lunarstream.media.Codec;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import java.util.ArrayList;
import java.util.List;

/// The messages of the clip, read as samples over and over. Their time rises from round to round.
final class Samples {

    /// Takes samples.
    @FunctionalInterface
    interface Sink {
        /// The next one.
        void sample(Track track, Sample sample);
    }

    private final FlvVideoReader video = new FlvVideoReader();
    private final FlvAudioReader audio = new FlvAudioReader();
    private final RecordedLoop loop;
    private final List<Track> tracks = new ArrayList<>();
    private final int roundBytes;
    private long roundStartMs;

    Samples(RecordedLoop loop) {
        this.loop = loop;
        for (FlvTag tag : loop.configurations()) {
            switch (read(tag)) {
                case VideoConfiguration(Codec codec) -> tracks.add(new Track(1, codec, Timescale.MPEG));
                case AudioConfiguration(Codec codec) -> tracks.add(new Track(2, codec, audioTimescale(codec)));
                case FlvPacket other -> throw new IllegalStateException("no codec configuration: " + other);
            }
        }
        roundBytes =
                loop.tags().stream().mapToInt(tag -> tag.body().readableBytes()).sum();
    }

    /// Video first.
    List<Track> tracks() {
        return tracks;
    }

    /// Reads a round.
    void round(Sink sink) {
        for (FlvTag tag : loop.tags()) {
            long ms = roundStartMs + tag.timestampMs();
            switch (read(tag)) {
                case VideoFrame(boolean sync, int compositionTimeMs, var data) -> {
                    int offset = (int) Timescale.MPEG.ofMillis(compositionTimeMs);
                    sink.sample(tracks.getFirst(), new Sample(Timescale.MPEG.ofMillis(ms), offset, sync, data));
                }
                case AudioFrame(var data) -> {
                    Track track = tracks.getLast();
                    long dts = track.timescale().ofMillis(ms);
                    sink.sample(track, new Sample(dts, /* compositionOffset= */ 0, /* sync= */ true, data));
                }
                case FlvPacket other -> throw new IllegalStateException("no frame: " + other);
            }
        }
        roundStartMs += loop.lengthMs();
    }

    int roundBytes() {
        return roundBytes;
    }

    int roundSamples() {
        return loop.tags().size();
    }

    private FlvPacket read(FlvTag tag) {
        try {
            return tag.type() == FlvTag.Type.VIDEO ? video.read(tag.body()) : audio.read(tag.body());
        } catch (FlvException e) {
            throw new IllegalStateException("the clip is broken", e);
        }
    }

    private static Timescale audioTimescale(Codec codec) {
        return codec instanceof Codec.Audio audio ? new Timescale(audio.samplingFrequency()) : Timescale.MILLISECONDS;
    }
}
