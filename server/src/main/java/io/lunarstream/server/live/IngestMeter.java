package io.lunarstream.server.live;

import io.lunarstream.hls.Frame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.TrackKey;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/// Measures what one publisher sends: rates once a second, and what of it should be mended.
final class IngestMeter {

    /// How often rates are measured.
    private static final long PERIOD_MS = 1_000;

    /// As many in a second say that the encoder's clock is unsteady. One is a gap, or a correction of audio by a frame.
    private static final int MANY_REPAIRS = 3;

    private static final long UNKNOWN = -1;

    private final IngestTotals totals;
    private final KeyframeMeter keyframes = new KeyframeMeter();
    private final SyncMeter sync = new SyncMeter();
    private final IngestWarnings warnings = new IngestWarnings();
    private final Map<MediaKind, TrackKey> firstTracks = new EnumMap<>(MediaKind.class);
    private Optional<Codec.Video> video = Optional.empty();
    private Optional<Codec.Audio> audio = Optional.empty();
    private boolean encrypted;
    private long periodStartMs = UNKNOWN;
    private long nowMs;
    private long bytes;
    private int pictures;
    private int audioFrames;
    private boolean bFrames;
    private OptionalDouble frameRate = OptionalDouble.empty();
    private OptionalInt bitrateKbps = OptionalInt.empty();
    private OptionalInt audioAheadMs = OptionalInt.empty();
    private long repairs;
    private long dropped;

    /// @param totals where what is measured is added to
    IngestMeter(IngestTotals totals) {
        this.totals = totals;
    }

    /// Notes a codec configuration. What is told of codecs, pictures and time is that of the first track of its kind.
    void configuration(TrackKey track, Codec codec) {
        TrackKey first =
                firstTracks.merge(track.kind(), track, (one, other) -> one.number() < other.number() ? one : other);
        if (!first.equals(track)) {
            return;
        }
        switch (codec) {
            case Codec.Video pictures -> video = Optional.of(pictures);
            case Codec.Audio sound -> audio = Optional.of(sound);
        }
    }

    /// Notes a track that is left out, because its codec is not supported.
    void leftOut(MediaKind kind, String codec) {
        warnings.leftOut(codec + " " + kind.name().toLowerCase(Locale.ROOT));
    }

    /// Notes a track that is left out, because there are too many of its kind.
    ///
    /// @return whether there is something new to tell
    boolean furtherTrackLeftOut() {
        return warnings.furtherTrackLeftOut();
    }

    /// Notes that it comes over RTMPS.
    void encrypted() {
        encrypted = true;
    }

    /// Notes a frame.
    ///
    /// @return whether there is something new to tell
    boolean frame(Frame frame) {
        bytes += frame.data().readableBytes();
        if (frame.track().equals(firstTracks.getOrDefault(frame.kind(), frame.track()))) {
            ofFirstTrack(frame);
        }
        nowMs = frame.arrivalMs();
        if (periodStartMs == UNKNOWN || nowMs < periodStartMs) {
            periodStartMs = nowMs;
        }
        long elapsedMs = nowMs - periodStartMs;
        if (elapsedMs < PERIOD_MS) {
            return false;
        }
        measure(elapsedMs);
        periodStartMs = nowMs;
        return true;
    }

    /// Notes what had to be done to the frames of this publisher's broadcast.
    ///
    /// @param repairsSoFar how many time stamps were repaired
    /// @param droppedSoFar how many pictures were dropped for want of a codec configuration or a keyframe
    void packaged(long repairsSoFar, long droppedSoFar) {
        if (repairsSoFar - repairs >= MANY_REPAIRS) {
            warnings.repaired(nowMs);
        }
        if (droppedSoFar > dropped) {
            warnings.dropped(nowMs);
        }
        totals.mended(droppedSoFar - dropped, repairsSoFar - repairs);
        repairs = repairsSoFar;
        dropped = droppedSoFar;
    }

    /// Takes over the counts of the broadcast's publisher before this one, if there was one.
    void goOnFrom(long repairsBefore, long droppedBefore) {
        repairs = repairsBefore;
        dropped = droppedBefore;
    }

    /// The longest time between two keyframes so far.
    Optional<Duration> longestKeyframeInterval() {
        return keyframes.longest();
    }

    /// What is known now.
    ///
    /// @param connected whether the publisher is
    IngestStatus status(boolean connected) {
        return new IngestStatus(
                connected,
                encrypted ? "rtmps" : "rtmp",
                video.map(Codec::word),
                audio.map(Codec::word),
                size(Codec.Video::width),
                size(Codec.Video::height),
                frameRate,
                bitrateKbps,
                keyframes.interval(),
                keyframes.longest(),
                bFrames,
                audioAheadMs,
                repairs,
                warningsNow());
    }

    private List<IngestWarning> warningsNow() {
        return warnings.now(nowMs, keyframes.current(), audioAheadMs);
    }

    private void ofFirstTrack(Frame frame) {
        switch (frame.kind()) {
            case VIDEO -> picture(frame);
            case AUDIO -> {
                audioFrames++;
                sync.audio(frame.timestampMs());
            }
        }
    }

    private void picture(Frame frame) {
        pictures++;
        bFrames |= frame.compositionTimeMs() != 0;
        keyframes.picture(frame);
        sync.picture(frame.timestampMs());
    }

    private void measure(long elapsedMs) {
        totals.received(bytes, pictures, audioFrames);
        bitrateKbps = OptionalInt.of((int) (bytes * 8 / elapsedMs));
        frameRate = video.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.round(pictures * 10_000.0 / elapsedMs) / 10.0);
        audioAheadMs = sync.measure();
        bytes = 0;
        pictures = 0;
        audioFrames = 0;
    }

    private OptionalInt size(ToIntFunction<Codec.Video> dimension) {
        return video.map(codec -> OptionalInt.of(dimension.applyAsInt(codec))).orElse(OptionalInt.empty());
    }
}
