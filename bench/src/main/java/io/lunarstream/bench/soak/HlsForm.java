package io.lunarstream.bench.soak;

/// The two forms a stream is served in.
enum HlsForm {
    FMP4("/hls/%s/master.m3u8"),
    MPEG_TS("/live/%s/hls.m3u8");

    private final String path;

    HlsForm(String path) {
        this.path = path;
    }

    /// Path of the multivariant playlist.
    String path(String streamKey) {
        return path.formatted(streamKey);
    }

    /// Checks a segment, or a part of one.
    void requireMedia(byte[] bytes) {
        switch (this) {
            case FMP4 -> MediaBytes.requireFragments(bytes);
            case MPEG_TS -> MediaBytes.requireTransportStream(bytes);
        }
    }
}
