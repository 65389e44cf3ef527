package io.lunarstream.media;

import java.util.Comparator;

/// Which of an encoder's tracks: the kind, and the number that the encoder gave it among those of the kind.
///
/// Ordered as tracks are in a list: video before audio, the default one first.
///
/// @param kind what the track carries
/// @param number from 0, the default track's number. Source: Enhanced RTMP v2, `videoTrackId` and `audioTrackId`
public record TrackKey(MediaKind kind, int number) implements Comparable<TrackKey> {

    /// The default video track, the only one of most encoders.
    public static final TrackKey VIDEO = new TrackKey(MediaKind.VIDEO, 0);

    /// The default audio track, the only one of most encoders.
    public static final TrackKey AUDIO = new TrackKey(MediaKind.AUDIO, 0);

    private static final Comparator<TrackKey> ORDER =
            Comparator.comparing(TrackKey::kind).thenComparingInt(TrackKey::number);

    /// The default track of a kind.
    public static TrackKey defaultOf(MediaKind kind) {
        return switch (kind) {
            case VIDEO -> VIDEO;
            case AUDIO -> AUDIO;
        };
    }

    @Override
    public int compareTo(TrackKey other) {
        return ORDER.compare(this, other);
    }
}
