package io.lunarstream.dump;

import io.lunarstream.flv.FlvAudioReader;
import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvFileReader;
import io.lunarstream.flv.FlvPacket;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.flv.FlvVideoReader;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A short real recording as tracks and samples, in the order of the file.
public final class Clip {
    /// A sample and the track that it belongs to.
    public record TrackSample(Track track, Sample sample) {}

    private final List<Track> tracks = new ArrayList<>();
    private final List<TrackSample> samples = new ArrayList<>();
    private final FlvVideoReader videoReader = new FlvVideoReader();
    private final FlvAudioReader audioReader = new FlvAudioReader();
    private long audioEnd = -1;

    private Clip() {}

    /// The bytes of a clip in the test resources.
    public static byte[] bytes(String name) {
        try (InputStream in = Clip.class.getResourceAsStream("/clips/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no such clip: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Clip load(String name) {
        return of(bytes(name));
    }

    /// A recording from anywhere, for looking at it by hand.
    public static Clip load(Path file) {
        try {
            return of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Clip of(byte[] flv) {
        Clip clip = new Clip();
        FlvFileReader reader = new FlvFileReader();
        ByteBuf in = Unpooled.wrappedBuffer(flv);
        try {
            while (reader.read(in) instanceof FlvFileReader.Result.TagRead(var tag)) {
                clip.add(tag);
            }
        } catch (FlvException e) {
            throw new AssertionError(e);
        }
        return clip;
    }

    public List<Track> tracks() {
        return tracks;
    }

    public List<TrackSample> samples() {
        return samples;
    }

    /// When the last sample of a track ends, if all samples are as long as its last gap; in its ticks.
    public long endDts(Track track) {
        List<Long> dts = samples.stream()
                .filter(timed -> timed.track().equals(track))
                .map(timed -> timed.sample().dts())
                .toList();
        return 2 * dts.getLast() - dts.get(dts.size() - 2);
    }

    private void add(FlvTag tag) throws FlvException {
        FlvPacket packet = switch (tag.type()) {
            case VIDEO -> videoReader.read(tag.body());
            case AUDIO -> audioReader.read(tag.body());
            case SCRIPT_DATA -> new FlvPacket.Ignored(FlvPacket.Ignored.Why.METADATA);
        };
        add(tag.timestampMs(), packet);
    }

    private void add(long timestampMs, FlvPacket packet) {
        switch (packet) {
            case FlvPacket.VideoConfiguration(Codec codec) -> addTrack(codec);
            case FlvPacket.AudioConfiguration(Codec codec) -> addTrack(codec);
            case FlvPacket.FrameWithConfiguration(Codec codec, FlvPacket frame) -> {
                addTrack(codec);
                add(timestampMs, frame);
            }
            case FlvPacket.VideoFrame frame -> addVideo(timestampMs, frame);
            case FlvPacket.AudioFrame(ByteBuf data) -> addAudio(timestampMs, data);
            case FlvPacket.Multitrack _, FlvPacket.VideoEnd _, FlvPacket.Ignored _ -> {}
            case FlvPacket.Unsupported unsupported -> throw new AssertionError(unsupported);
        }
    }

    private void addTrack(Codec codec) {
        if (tracks.stream().anyMatch(track -> track.codec().equals(codec))) {
            return;
        }
        Timescale timescale = switch (codec) {
            case Codec.Video _ -> Timescale.MPEG;
            case Codec.Audio audio -> new Timescale(audio.samplingFrequency());
        };
        tracks.add(new Track(tracks.size() + 1, codec, timescale));
    }

    private void addVideo(long timestampMs, FlvPacket.VideoFrame frame) {
        Sample sample = new Sample(
                timestampMs * 90, frame.compositionTimeMs() * 90, frame.sync(), Unpooled.copiedBuffer(frame.data()));
        samples.add(new TrackSample(track(MediaKind.VIDEO), sample));
    }

    private void addAudio(long timestampMs, ByteBuf data) {
        Track track = track(MediaKind.AUDIO);
        if (audioEnd < 0) {
            audioEnd = track.timescale().ofMillis(timestampMs);
        }
        samples.add(new TrackSample(track, new Sample(audioEnd, 0, true, Unpooled.copiedBuffer(data))));
        audioEnd += ((Codec.Audio) track.codec()).samples(data);
    }

    private Track track(MediaKind kind) {
        return tracks.stream().filter(track -> track.kind() == kind).findFirst().orElseThrow();
    }
}
