package io.lunarstream.hls;

import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Track;
import io.lunarstream.mpegts.TsMuxer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What one media playlist of a generation carries: one video and one audio track together, or, where there are more
/// tracks than these, one of them. Source: RFC 8216, section 4.3.4.2.1.
///
/// @param name of its playlist, without an extension; unique in its generation
/// @param tracks what is in its segments, video first
/// @param transportStreamTracks what is in the MPEG-TS form of its segments, which is always muxed; empty if its
///     codecs cannot be carried, and for all renditions but the first
public record Rendition(String name, List<Track> tracks, List<Track> transportStreamTracks) {

    /// The name of a generation's only rendition.
    private static final String MUXED = "media";

    private static final String PLAYLIST_EXTENSION = ".m3u8";

    /// The address of the playlist in MPEG-TS, of which there is always one.
    public static final String MUXED_URI = MUXED + PLAYLIST_EXTENSION;

    public Rendition {
        tracks = List.copyOf(tracks);
        transportStreamTracks = List.copyOf(transportStreamTracks);
    }

    /// How these tracks are divided up, in their order: the first track decides about cuts.
    ///
    /// @param tracks video first, the default track of each kind before the others
    public static List<Rendition> of(List<Track> tracks) {
        List<Track> together = firstOfEachKind(tracks);
        List<Track> transportStream = TsMuxer.carries(together) ? together : List.of();
        if (together.size() == tracks.size()) {
            return List.of(new Rendition(MUXED, tracks, transportStream));
        }
        List<Rendition> renditions = new ArrayList<>(tracks.size());
        Map<MediaKind, Integer> counts = new EnumMap<>(MediaKind.class);
        for (Track track : tracks) {
            int count = counts.merge(track.kind(), 1, Integer::sum);
            String name = track.kind().name().toLowerCase(Locale.ROOT) + count;
            renditions.add(new Rendition(name, List.of(track), renditions.isEmpty() ? transportStream : List.of()));
        }
        return List.copyOf(renditions);
    }

    /// The address of a rendition's playlist in the generation's folder.
    static String uri(String name) {
        return name + PLAYLIST_EXTENSION;
    }

    private static List<Track> firstOfEachKind(List<Track> tracks) {
        Map<MediaKind, Track> first = new EnumMap<>(MediaKind.class);
        tracks.forEach(track -> first.putIfAbsent(track.kind(), track));
        return List.copyOf(first.values());
    }
}
