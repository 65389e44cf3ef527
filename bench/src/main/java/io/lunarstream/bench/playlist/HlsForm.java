package io.lunarstream.bench.playlist;

/// The two forms a stream is served in.
public enum HlsForm {
    FMP4("/hls/%s/master.m3u8"),
    MPEG_TS("/live/%s/hls.m3u8");

    private final String path;

    HlsForm(String path) {
        this.path = path;
    }

    /// Path of the multivariant playlist.
    public String path(String streamKey) {
        return path.formatted(streamKey);
    }
}
