package io.lunarstream.hls;

import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.lunarstream.media.TrackKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The tracks that an encoder sends together. The first of each kind leads: the others follow its time.
final class TrackSet {
    static final TrackSet NONE = new TrackSet(new TreeMap<>());

    private final SortedMap<TrackKey, Track> tracks = new TreeMap<>();
    private final List<Track> list;
    private final Map<MediaKind, TrackKey> leaders = new EnumMap<>(MediaKind.class);

    /// @param codecs of each track
    TrackSet(SortedMap<TrackKey, Codec> codecs) {
        codecs.forEach((key, codec) -> {
            tracks.put(key, new Track(tracks.size() + 1, codec, timescale(codec)));
            leaders.putIfAbsent(key.kind(), key);
        });
        list = List.copyOf(tracks.values());
    }

    /// Video first, and each kind in the encoder's order.
    List<Track> list() {
        return list;
    }

    Set<TrackKey> keys() {
        return tracks.keySet();
    }

    Track track(TrackKey key) {
        Track track = tracks.get(key);
        if (track == null) {
            throw new IllegalStateException("no such track: " + key);
        }
        return track;
    }

    /// The first track of a kind.
    Optional<TrackKey> leader(MediaKind kind) {
        return Optional.ofNullable(leaders.get(kind));
    }

    boolean leads(TrackKey key) {
        return key.equals(leaders.get(key.kind()));
    }

    /// Whether there are more tracks than one of each kind.
    boolean hasFollowers() {
        return tracks.size() > leaders.size();
    }

    /// The codecs of all tracks, by [Codec#word()]: sets with the same ones can share their media playlists.
    List<String> codecWords() {
        return list.stream().map(track -> track.codec().word()).toList();
    }

    private static Timescale timescale(Codec codec) {
        return switch (codec) {
            case Codec.Video _ -> Timescale.MPEG;
            case Codec.Audio audio -> new Timescale(audio.samplingFrequency());
        };
    }
}
