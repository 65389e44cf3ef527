package io.lunarstream.hls;

import io.lunarstream.media.Codec;
import io.lunarstream.media.Track;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a multivariant playlist says of a rendition's tracks, whatever their samples.
///
/// @param codecWords the codecs, by [Codec#word()]
/// @param codecs `CODECS`, one name per track
/// @param transportStreamCodecs `CODECS` in the MPEG-TS form; empty if there is none
/// @param resolution `RESOLUTION`; absent without video
/// @param channels `CHANNELS`; absent without audio
public record Announcement(
        List<String> codecWords,
        List<String> codecs,
        List<String> transportStreamCodecs,
        Optional<MultivariantPlaylist.Resolution> resolution,
        OptionalInt channels) {

    public Announcement {
        codecWords = List.copyOf(codecWords);
        codecs = List.copyOf(codecs);
        transportStreamCodecs = List.copyOf(transportStreamCodecs);
    }

    static Announcement of(Rendition rendition) {
        Optional<MultivariantPlaylist.Resolution> resolution = Optional.empty();
        OptionalInt channels = OptionalInt.empty();
        for (Track track : rendition.tracks()) {
            switch (track.codec()) {
                case Codec.Video video ->
                    resolution = Optional.of(new MultivariantPlaylist.Resolution(video.width(), video.height()));
                case Codec.Audio audio -> channels = OptionalInt.of(audio.channels());
            }
        }
        return new Announcement(
                rendition.tracks().stream().map(track -> track.codec().word()).toList(),
                codecs(rendition.tracks()),
                codecs(rendition.transportStreamTracks()),
                resolution,
                channels);
    }

    /// The forms that there are.
    public List<SegmentForm> forms() {
        return transportStreamCodecs.isEmpty() ? List.of(SegmentForm.FMP4) : List.of(SegmentForm.values());
    }

    List<String> codecs(SegmentForm form) {
        return switch (form) {
            case FMP4 -> codecs;
            case MPEG_TS -> transportStreamCodecs;
        };
    }

    private static List<String> codecs(List<Track> tracks) {
        return tracks.stream().map(track -> track.codec().rfc6381()).toList();
    }
}
