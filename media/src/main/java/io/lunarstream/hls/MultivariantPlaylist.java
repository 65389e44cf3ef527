package io.lunarstream.hls;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// A multivariant playlist: the address that viewers are given. Source: RFC 8216, section 4.3.4.
///
/// @param renditions what belongs to variants by its group
/// @param variants the encodings of the presentation, at least one; the first is the one to begin with
public record MultivariantPlaylist(List<AudioRendition> renditions, List<Variant> variants) {

    /// One of several sounds: `EXT-X-MEDIA` with `TYPE=AUDIO`.
    ///
    /// @param group `GROUP-ID`
    /// @param name `NAME`, for people; unique in its group
    /// @param isDefault `DEFAULT`, and `AUTOSELECT`: without languages a player cannot choose between the others
    /// @param channels `CHANNELS`
    /// @param uri of its media playlist, relative to this playlist
    public record AudioRendition(String group, String name, boolean isDefault, OptionalInt channels, String uri) {}

    /// One encoding of the whole presentation: `EXT-X-STREAM-INF`.
    ///
    /// @param uri of its media playlist, relative to this playlist
    /// @param bandwidth `BANDWIDTH`, bits per second that no segment exceeds, those of the renditions included
    /// @param averageBandwidth `AVERAGE-BANDWIDTH`, bits per second
    /// @param codecs `CODECS`, one name per track
    /// @param resolution `RESOLUTION`; absent without video
    /// @param frameRate `FRAME-RATE`, pictures per second; absent without video
    /// @param audio `AUDIO`: the group of its sounds, if they are in playlists of their own
    public record Variant(
            String uri,
            long bandwidth,
            long averageBandwidth,
            List<String> codecs,
            Optional<Resolution> resolution,
            OptionalDouble frameRate,
            Optional<String> audio) {

        public Variant {
            codecs = List.copyOf(codecs);
        }
    }

    /// Size of a picture in pixels, as displayed.
    public record Resolution(int width, int height) {}

    public MultivariantPlaylist {
        renditions = List.copyOf(renditions);
        variants = List.copyOf(variants);
    }

    /// How a generation is announced now.
    ///
    /// @param playlists those of all its renditions
    /// @param form one of those that it has
    public static MultivariantPlaylist of(List<Generation> playlists, SegmentForm form) {
        return switch (form) {
            case FMP4 -> new Presentation(playlists).announce();
            case MPEG_TS ->
                new MultivariantPlaylist(List.of(), List.of(playlists.getFirst().variant(form)));
        };
    }

    /// The playlist as UTF-8 text.
    public String text(SegmentForm form) {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:");
        text.append(form.playlistVersion()).append('\n');
        renditions.forEach(rendition -> media(text, rendition));
        variants.forEach(variant -> streamInf(text, variant));
        return text.toString();
    }

    private static void media(StringBuilder text, AudioRendition rendition) {
        String chosen = rendition.isDefault() ? "YES" : "NO";
        text.append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"").append(rendition.group());
        text.append("\",NAME=\"").append(rendition.name());
        text.append("\",DEFAULT=").append(chosen).append(",AUTOSELECT=").append(chosen);
        rendition
                .channels()
                .ifPresent(
                        channels -> text.append(",CHANNELS=\"").append(channels).append('"'));
        text.append(",URI=\"").append(rendition.uri()).append("\"\n");
    }

    private static void streamInf(StringBuilder text, Variant variant) {
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
        variant.audio()
                .ifPresent(group -> text.append(",AUDIO=\"").append(group).append('"'));
        text.append('\n').append(variant.uri()).append('\n');
    }
}
