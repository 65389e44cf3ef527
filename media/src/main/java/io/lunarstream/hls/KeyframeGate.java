package io.lunarstream.hls;

import io.lunarstream.media.MediaKind;
import io.lunarstream.media.TrackKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Keeps back what nobody could decode at the start of a run of time: a video track begins with a keyframe, and all
/// tracks begin with the leading video track.
final class KeyframeGate {
    private final Set<TrackKey> waiting = new HashSet<>();
    private final Optional<TrackKey> leader;

    KeyframeGate(TrackSet tracks) {
        leader = tracks.leader(MediaKind.VIDEO);
        for (TrackKey key : tracks.keys()) {
            if (key.kind() == MediaKind.VIDEO) {
                waiting.add(key);
            }
        }
    }

    /// Whether a frame may be played.
    boolean passes(Frame frame) {
        if (waiting.isEmpty()) {
            return true;
        }
        boolean leaderWaits = leader.filter(waiting::contains).isPresent();
        boolean leads = leader.filter(frame.track()::equals).isPresent();
        boolean starts = frame.sync() || !waiting.contains(frame.track());
        if (!starts || (leaderWaits && !leads)) {
            return false;
        }
        waiting.remove(frame.track());
        return true;
    }
}
