package io.lunarstream.flv;

/// `CodecID`: the low four bits of a classic video tag's first byte. Source: FLV 10.1, annex E.4.3.1.
enum FlvVideoCodec {
    SORENSON_H263(2, "Sorenson H.263"),
    SCREEN_VIDEO(3, "Screen video"),
    VP6(4, "VP6"),
    VP6_ALPHA(5, "VP6 with alpha"),
    SCREEN_VIDEO_2(6, "Screen video 2"),
    AVC(7, "H.264"),
    /// In no specification, but sent by some encoders before there was enhanced RTMP.
    PRIVATE_HEVC(12, "HEVC as codec id 12");

    private final int id;
    private final String title;

    FlvVideoCodec(int id, String title) {
        this.id = id;
        this.title = title;
    }

    /// The name of a codec for people.
    static String title(int id) {
        for (FlvVideoCodec codec : values()) {
            if (codec.id == id) {
                return codec.title;
            }
        }
        return "video codec id " + id;
    }

    boolean is(int candidate) {
        return id == candidate;
    }
}
