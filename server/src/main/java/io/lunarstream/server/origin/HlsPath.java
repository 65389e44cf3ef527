package io.lunarstream.server.origin;

import io.lunarstream.hls.SegmentForm;
import java.util.Optional;

/// What an HLS address names. Names are looked up among what exists and never become file paths.
///
/// | address | names |
/// |---|---|
/// | `/hls/{streamKey}/master.m3u8` | the multivariant playlist of the fMP4 form |
/// | `/live/{streamKey}/hls.m3u8` | that of the MPEG-TS form |
/// | `…/{streamKey}/{generation}/{rendition}.m3u8` | a media playlist: `media` if all tracks are muxed |
/// | `…/{streamKey}/{generation}/{name}` | a segment, a part or an init segment |
sealed interface HlsPath {

    /// Where the addresses of the fMP4 form begin.
    String FMP4_PREFIX = "/hls/";

    /// Where the addresses of the MPEG-TS form begin.
    String MPEG_TS_PREFIX = "/live/";

    /// The form whose addresses these are.
    SegmentForm form();

    /// The stream key, unverified.
    String streamKey();

    record Multivariant(SegmentForm form, String streamKey) implements HlsPath {}

    /// Something of one generation.
    sealed interface OfGeneration extends HlsPath {
        /// The generation's name, unverified.
        String generation();
    }

    /// A media playlist.
    ///
    /// @param name of the playlist in its generation's folder, unverified
    record Media(SegmentForm form, String streamKey, String generation, String name) implements OfGeneration {}

    record Stored(SegmentForm form, String streamKey, String generation, String name) implements OfGeneration {}

    /// Takes a path apart; empty if it is none of these.
    static Optional<HlsPath> of(String path) {
        if (path.startsWith(FMP4_PREFIX)) {
            return of(SegmentForm.FMP4, "master.m3u8", path.substring(FMP4_PREFIX.length()));
        }
        if (path.startsWith(MPEG_TS_PREFIX)) {
            return of(SegmentForm.MPEG_TS, "hls.m3u8", path.substring(MPEG_TS_PREFIX.length()));
        }
        return Optional.empty();
    }

    private static Optional<HlsPath> of(SegmentForm form, String multivariant, String rest) {
        int first = rest.indexOf('/');
        if (first < 0) {
            return Optional.empty();
        }
        String streamKey = rest.substring(0, first);
        String below = rest.substring(first + 1);
        if (below.equals(multivariant)) {
            return Optional.of(new Multivariant(form, streamKey));
        }
        int second = below.indexOf('/');
        if (second < 0) {
            return Optional.empty();
        }
        String generation = below.substring(0, second);
        String name = below.substring(second + 1);
        return Optional.of(
                name.endsWith(".m3u8")
                        ? new Media(form, streamKey, generation, name)
                        : new Stored(form, streamKey, generation, name));
    }
}
