package io.lunarstream.hls;

/// The two forms that every segment is made in.
public enum SegmentForm {
    /// Fragmented MP4, with an init segment. Source: RFC 8216, section 3.3.
    FMP4(".m4s", 6),
    /// MPEG-TS, for players and devices that know no fMP4. Source: RFC 8216, section 3.2.
    MPEG_TS(".ts", 3);

    private final String extension;
    private final int playlistVersion;

    SegmentForm(String extension, int playlistVersion) {
        this.extension = extension;
        this.playlistVersion = playlistVersion;
    }

    /// How the names of its segments end.
    public String extension() {
        return extension;
    }

    /// `EXT-X-VERSION`: 6 for `EXT-X-MAP`, 3 for decimal durations. Source: RFC 8216, section 7.
    int playlistVersion() {
        return playlistVersion;
    }
}
