package io.lunarstream.hls;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// A multivariant playlist: the address that viewers are given. Source: RFC 8216, section 4.3.4.2.
///
/// @param variants the encodings of the presentation, at least one
public record MultivariantPlaylist(List<Variant> variants) {

    /// One encoding of the whole presentation: `EXT-X-STREAM-INF`.
    ///
    /// @param uri of its media playlist, relative to this playlist
    /// @param bandwidth `BANDWIDTH`, bits per second that no segment exceeds
    /// @param averageBandwidth `AVERAGE-BANDWIDTH`, bits per second
    /// @param codecs `CODECS`, one name per track
    /// @param resolution `RESOLUTION`; absent without video
    /// @param frameRate `FRAME-RATE`, pictures per second; absent without video
    public record Variant(
            String uri,
            long bandwidth,
            long averageBandwidth,
            List<String> codecs,
            Optional<Resolution> resolution,
            OptionalDouble frameRate) {

        public Variant {
            codecs = List.copyOf(codecs);
        }
    }

    /// Size of a picture in pixels, as displayed.
    public record Resolution(int width, int height) {}

    public MultivariantPlaylist {
        variants = List.copyOf(variants);
    }

    /// The playlist as UTF-8 text.
    public String text(SegmentForm form) {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:");
        text.append(form.playlistVersion()).append('\n');
        for (Variant variant : variants) {
            text.append("#EXT-X-STREAM-INF:BANDWIDTH=").append(variant.bandwidth());
            text.append(",AVERAGE-BANDWIDTH=").append(variant.averageBandwidth());
            text.append(",CODECS=\"").append(String.join(",", variant.codecs())).append('"');
            variant.resolution()
                    .ifPresent(size -> text.append(",RESOLUTION=")
                            .append(size.width())
                            .append('x')
                            .append(size.height()));
            variant.frameRate()
                    .ifPresent(rate -> text.append(",FRAME-RATE=").append(String.format(Locale.ROOT, "%.3f", rate)));
            text.append('\n').append(variant.uri()).append('\n');
        }
        return text.toString();
    }
}
