package io.lunarstream.bench.viewer;

import java.util.Locale;

/// The point after the newest part of a media playlist: what a blocking reload waits for.
///
/// @param msn media sequence number of the segment that is being made
/// @param partIndex of the part that comes next
public record LiveEdge(long msn, int partIndex) {
    private static final String MEDIA_SEQUENCE = "#EXT-X-MEDIA-SEQUENCE:";

    /// Reads a media playlist.
    static LiveEdge of(String playlist) {
        long msn = 0;
        int parts = 0;
        for (String line : playlist.lines().toList()) {
            if (line.startsWith(MEDIA_SEQUENCE)) {
                msn += Long.parseLong(line.substring(MEDIA_SEQUENCE.length()).strip());
            } else if (line.startsWith("#EXTINF:")) {
                msn++;
                parts = 0;
            } else if (line.startsWith("#EXT-X-PART:")) {
                parts++;
            }
        }
        return new LiveEdge(msn, parts);
    }

    /// The query of a blocking reload.
    String query() {
        return String.format(Locale.ROOT, "?_HLS_msn=%d&_HLS_part=%d", msn, partIndex);
    }
}
