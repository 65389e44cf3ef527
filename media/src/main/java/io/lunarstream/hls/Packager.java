package io.lunarstream.hls;

import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.lunarstream.media.TrackKey;
import io.lunarstream.media.time.FurtherTrackClock;
import io.lunarstream.media.time.Timeline;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes HLS of what an encoder sends: codec configurations and frames in, generations, parts and segments out.
///
/// ```
/// configuration --> which tracks there are --> generation
/// frame --> (Interleaver) --> KeyframeGate --> Timeline --> sample --> Segmenter --> parts, segment
/// ```
///
/// A track is there when its codec configuration is there. Once the first has come, frames are kept for up to 2 s while
/// none of the other kind has. A track that comes later opens a new generation, and so does one that goes; another
/// configuration of the same codec stays in the generation, behind a discontinuity, and so does a jump in time, or an
/// encoder that comes back.
///
/// The first track of each kind makes the time. Further tracks, if there are any, are interleaved with it and follow.
/// One packager serves one broadcast, on one thread.
public final class Packager implements AutoCloseable {
    private final PackagerListener listener;
    private final Segmenter segmenter;
    private final Timeline timeline = new Timeline();
    private final PendingFrames pending;
    private final Interleaver interleaver;
    private final SortedMap<TrackKey, Codec> announced = new TreeMap<>();
    private final Map<TrackKey, Codec> missing = new HashMap<>();
    private final Map<TrackKey, FurtherTrackClock> furtherClocks = new HashMap<>();

    private TrackSet tracks = TrackSet.NONE;

    /// What the generation's tracks are coded in; other configurations of the same codecs stay in it.
    private List<String> codecWords = List.of();

    private KeyframeGate gate = new KeyframeGate(TrackSet.NONE);
    private boolean tracksKnown;
    private long dropped;

    /// @param allocator where all memory for media comes from
    /// @param keyframeInterval the keyframe interval of an earlier broadcast, for the target duration
    public Packager(ByteBufAllocator allocator, Optional<Duration> keyframeInterval, PackagerListener listener) {
        this.listener = listener;
        this.segmenter = new Segmenter(allocator, keyframeInterval, listener);
        this.pending = new PendingFrames(allocator);
        this.interleaver = new Interleaver(allocator);
    }

    /// Goes on with a generation of an earlier run, if the tracks that come are such as it has. To be called first.
    public void resume(Resumption generation) {
        codecWords = generation.codecWords();
        segmenter.resume(generation);
    }

    /// A codec configuration of the default track has come.
    public void configuration(Codec codec) {
        configuration(TrackKey.defaultOf(codec.kind()), codec);
    }

    /// A codec configuration has come. One that says nothing new changes nothing.
    public void configuration(TrackKey track, Codec codec) {
        missing.remove(track);
        Codec before = announced.get(track);
        if (!tracksKnown && before != null && !codec.equals(before) && !pending.isEmpty()) {
            // The frames that wait are coded as was said before.
            openTracks();
        }
        announced.put(track, codec);
        if (tracksKnown && !codec.equals(before)) {
            changeTracks();
        }
    }

    /// A frame has come. Without a codec configuration, or before the first keyframe, it is dropped.
    public void frame(Frame frame) {
        comeBack(frame.track());
        if (!announced.containsKey(frame.track())) {
            drop(frame);
            return;
        }
        if (tracksKnown) {
            take(frame);
            return;
        }
        pending.add(frame);
        if (pending.isOver() || hasBothKinds()) {
            openTracks();
        }
    }

    /// The encoder has gone, perhaps for good: closes the open segment. What comes next is a new run of time and may
    /// have other tracks.
    public void interrupt() {
        if (!tracksKnown && !pending.isEmpty()) {
            openTracks();
        }
        endRun();
        announced.clear();
        missing.clear();
        tracksKnown = false;
    }

    /// How many pictures were dropped for want of a codec configuration or a keyframe. Audio before the first picture
    /// is what every encoder sends, and not counted.
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
            interleaver.close();
        }
    }

    private boolean hasBothKinds() {
        return announced.firstKey().kind() != announced.lastKey().kind();
    }

    private void miss(TrackKey track) {
        Codec codec = announced.remove(track);
        if (codec != null) {
            missing.put(track, codec);
        }
    }

    /// A track of which nothing had come for long has a frame again.
    private void comeBack(TrackKey track) {
        Codec codec = missing.get(track);
        if (codec != null) {
            configuration(track, codec);
        }
    }

    private void changeTracks() {
        endRun();
        openTracks();
    }

    /// Closes the open segment, behind which time begins anew.
    private void endRun() {
        interleaver.flush(this::deliver);
        restartTime();
    }

    private void restartTime() {
        segmenter.interrupt();
        timeline.restart();
        furtherClocks.values().forEach(FurtherTrackClock::restart);
    }

    private void openTracks() {
        tracksKnown = true;
        TrackSet now = new TrackSet(announced);
        if (!now.codecWords().equals(codecWords)) {
            segmenter.begin(now.list());
            listener.generation(now.list());
        } else if (!now.list().equals(tracks.list())) {
            segmenter.changeTracks(now.list());
        }
        tracks = now;
        codecWords = now.codecWords();
        interleaver.tracks(now.keys());
        openClocks();
        gate = new KeyframeGate(now);
        pending.drainTo(this::take);
    }

    private void openClocks() {
        for (TrackKey key : tracks.keys()) {
            Codec codec = tracks.track(key).codec();
            if (!tracks.leads(key)) {
                furtherClocks.computeIfAbsent(key, _ -> new FurtherTrackClock()).format(codec);
            } else if (codec instanceof Codec.Audio audio) {
                timeline.audioFormat(new Timescale(audio.samplingFrequency()), audio.samplesPerFrame());
            }
        }
    }

    private void take(Frame frame) {
        if (!tracks.hasFollowers()) {
            deliver(frame);
            return;
        }
        interleaver.add(frame, this::deliver);
        List<TrackKey> gone = interleaver.missing(frame.arrivalMs());
        if (!gone.isEmpty()) {
            gone.forEach(this::miss);
            changeTracks();
        }
    }

    private void drop(Frame frame) {
        dropped += frame.kind() == MediaKind.VIDEO ? 1 : 0;
    }

    private void deliver(Frame frame) {
        boolean leads = tracks.leads(frame.track());
        if (leads && timeline.jumps(frame.kind(), frame.timestampMs(), frame.sync())) {
            restartTime();
            gate = new KeyframeGate(tracks);
        }
        OptionalLong dts = gate.passes(frame) ? dts(frame, leads) : OptionalLong.empty();
        if (dts.isEmpty()) {
            drop(frame);
            return;
        }
        int compositionOffset = (int) Timescale.MPEG.ofMillis(frame.compositionTimeMs());
        Sample sample = new Sample(dts.getAsLong(), compositionOffset, frame.sync(), frame.data());
        segmenter.write(tracks.track(frame.track()), sample, frame.arrivalMs());
    }

    /// Decode time in ticks of the frame's track; empty for a further track whose leader has not begun yet.
    private OptionalLong dts(Frame frame, boolean leads) {
        Track track = tracks.track(frame.track());
        int samples = track.codec() instanceof Codec.Audio audio ? audio.samples(frame.data()) : 0;
        if (leads) {
            return OptionalLong.of(
                    switch (frame.kind()) {
                        case VIDEO -> timeline.videoDts(frame.timestampMs());
                        case AUDIO -> timeline.audioDts(frame.timestampMs(), samples);
                    });
        }
        FurtherTrackClock clock = furtherClocks.get(frame.track());
        return clock == null
                ? OptionalLong.empty()
                : clock.dts(timeline.positionMs(frame.kind(), frame.timestampMs()), samples);
    }
}
