package io.lunarstream.hls;

import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.lunarstream.media.time.Timeline;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes HLS of what an encoder sends: codec configurations and frames in, generations, parts and segments out.
///
/// ```
/// configuration --> which tracks there are --> generation
/// frame --> Timeline --> sample --> Segmenter --> parts, segment
/// ```
///
/// A track is there when its codec configuration is there. Once the first has come, frames are kept for up to 2 s while
/// the second may still come. A track that comes later opens a new generation; another configuration of the same codec
/// stays in the generation, behind a discontinuity, and so does a jump in time, or an encoder that comes back.
///
/// One packager serves one broadcast, on one thread.
public final class Packager implements AutoCloseable {
    private final PackagerListener listener;
    private final Segmenter segmenter;
    private final Timeline timeline = new Timeline();
    private final PendingFrames pending;
    private final Map<MediaKind, Codec> announced = new EnumMap<>(MediaKind.class);

    private List<Track> tracks = List.of();

    /// What the generation's tracks are coded in; other configurations of the same codecs stay in it.
    private List<String> codecWords = List.of();

    private boolean tracksKnown;
    private boolean waitsForKeyframe;
    private long dropped;

    /// @param allocator where all memory for media comes from
    /// @param keyframeInterval the keyframe interval of an earlier broadcast, for the target duration
    public Packager(ByteBufAllocator allocator, Optional<Duration> keyframeInterval, PackagerListener listener) {
        this.listener = listener;
        this.segmenter = new Segmenter(allocator, keyframeInterval, listener);
        this.pending = new PendingFrames(allocator);
    }

    /// Goes on with a generation of an earlier run, if the tracks that come are such as it has. To be called first.
    public void resume(Resumption generation) {
        codecWords = generation.codecWords();
        segmenter.resume(generation);
    }

    /// A codec configuration has come. One that says nothing new changes nothing.
    public void configuration(Codec codec) {
        Codec before = announced.get(codec.kind());
        if (!tracksKnown && before != null && !codec.equals(before) && !pending.isEmpty()) {
            // The frames that wait are coded as was said before.
            openTracks();
        }
        announced.put(codec.kind(), codec);
        if (tracksKnown) {
            if (!codec.equals(before)) {
                segmenter.interrupt();
                timeline.restart();
                openTracks();
            }
        } else if (announced.size() == MediaKind.values().length) {
            openTracks();
        }
    }

    /// A frame has come. Without a codec configuration, or before the first keyframe, it is dropped.
    public void frame(Frame frame) {
        if (!announced.containsKey(frame.kind())) {
            drop(frame);
            return;
        }
        if (tracksKnown) {
            deliver(frame);
            return;
        }
        pending.add(frame);
        if (pending.isOver()) {
            openTracks();
        }
    }

    /// The encoder has gone, perhaps for good: closes the open segment. What comes next is a new run of time and may
    /// have other tracks.
    public void interrupt() {
        if (!tracksKnown && !pending.isEmpty()) {
            openTracks();
        }
        segmenter.interrupt();
        timeline.restart();
        announced.clear();
        tracksKnown = false;
    }

    /// How many pictures were dropped for want of a codec configuration or a keyframe. Audio before the first picture
    /// is
    /// what every encoder sends, and not counted.
    public long dropped() {
        return dropped;
    }

    /// How many time stamps were repaired.
    public long repairs() {
        return timeline.repairs();
    }

    /// Ends the broadcast: closes the open segment and gives all memory back.
    @Override
    public void close() {
        try {
            interrupt();
        } finally {
            segmenter.close();
            pending.close();
        }
    }

    private void openTracks() {
        tracksKnown = true;
        List<Track> now = tracksOf(announced);
        List<String> words = now.stream().map(track -> track.codec().word()).toList();
        if (!words.equals(codecWords)) {
            segmenter.begin(now);
            listener.generation(now);
        } else if (!now.equals(tracks)) {
            segmenter.changeTracks(now);
        }
        tracks = now;
        codecWords = words;
        if (announced.get(MediaKind.AUDIO) instanceof Codec.Audio audio) {
            timeline.audioFormat(new Timescale(audio.samplingFrequency()), audio.samplesPerFrame());
        }
        waitsForKeyframe = announced.containsKey(MediaKind.VIDEO);
        pending.drainTo(this::deliver);
    }

    private void drop(Frame frame) {
        dropped += frame.kind() == MediaKind.VIDEO ? 1 : 0;
    }

    private void deliver(Frame frame) {
        MediaKind kind = frame.kind();
        if (timeline.jumps(kind, frame.timestampMs(), frame.sync())) {
            segmenter.interrupt();
            timeline.restart();
            waitsForKeyframe = announced.containsKey(MediaKind.VIDEO);
        }
        if (waitsForKeyframe && (kind != MediaKind.VIDEO || !frame.sync())) {
            drop(frame);
            return;
        }
        waitsForKeyframe = false;
        Track track = track(kind);
        long dts = switch (track.codec()) {
            case Codec.Video _ -> timeline.videoDts(frame.timestampMs());
            case Codec.Audio audio -> timeline.audioDts(frame.timestampMs(), audio.samples(frame.data()));
        };
        int compositionOffset = (int) Timescale.MPEG.ofMillis(frame.compositionTimeMs());
        Sample sample = new Sample(dts, compositionOffset, frame.sync(), frame.data());
        segmenter.write(track, sample, frame.arrivalMs());
    }

    private Track track(MediaKind kind) {
        for (Track track : tracks) {
            if (track.kind() == kind) {
                return track;
            }
        }
        throw new IllegalStateException("no track of kind " + kind);
    }

    private static List<Track> tracksOf(Map<MediaKind, Codec> codecs) {
        List<Track> tracks = new ArrayList<>(codecs.size());
        for (Codec codec : codecs.values()) {
            Timescale timescale = switch (codec) {
                case Codec.Video _ -> Timescale.MPEG;
                case Codec.Audio audio -> new Timescale(audio.samplingFrequency());
            };
            tracks.add(new Track(tracks.size() + 1, codec, timescale));
        }
        return tracks;
    }
}
