package io.lunarstream.hls;

import io.lunarstream.media.Codec;
import io.lunarstream.media.Track;
import io.lunarstream.mpegts.TsMuxer;
import java.util.List;
import java.util.Optional;

/// What a multivariant playlist says of a generation's tracks, whatever their samples.
///
/// @param codecWords the codecs, by [Codec#word()]
/// @param codecs `CODECS`, one name per track
/// @param resolution `RESOLUTION`; absent without video
/// @param inTransportStream whether MPEG-TS can carry them
public record Announcement(
        List<String> codecWords,
        List<String> codecs,
        Optional<MultivariantPlaylist.Resolution> resolution,
        boolean inTransportStream) {

    public Announcement {
        codecWords = List.copyOf(codecWords);
        codecs = List.copyOf(codecs);
    }

    static Announcement of(List<Track> tracks) {
        return new Announcement(
                tracks.stream().map(track -> track.codec().word()).toList(),
                tracks.stream().map(track -> track.codec().rfc6381()).toList(),
                resolution(tracks),
                TsMuxer.carries(tracks));
    }

    /// The forms that the codecs can be carried in.
    public List<SegmentForm> forms() {
        return inTransportStream ? List.of(SegmentForm.values()) : List.of(SegmentForm.FMP4);
    }

    private static Optional<MultivariantPlaylist.Resolution> resolution(List<Track> tracks) {
        for (Track track : tracks) {
            if (track.codec() instanceof Codec.Video video) {
                return Optional.of(new MultivariantPlaylist.Resolution(video.width(), video.height()));
            }
        }
        return Optional.empty();
    }
}
