package io.lunarstream.media.av1;

/// What an open bitstream unit holds, as far as it matters here: four bits of its first byte.
///
/// Source: AV1 Bitstream Specification, section 6.2.2.
enum ObuType {
    SEQUENCE_HEADER(1),
    TEMPORAL_DELIMITER(2),
    FRAME_HEADER(3),
    FRAME(6),
    /// Tiles, metadata, padding, and what is reserved.
    OTHER(-1);

    private static final int CODE_MASK = 0b1111;

    private final int code;

    ObuType(int code) {
        this.code = code;
    }

    /// The type named by an OBU's first byte.
    static ObuType of(int firstByte) {
        int code = (firstByte >>> 3) & CODE_MASK;
        return switch (code) {
            case 1 -> SEQUENCE_HEADER;
            case 2 -> TEMPORAL_DELIMITER;
            case 3 -> FRAME_HEADER;
            case 6 -> FRAME;
            default -> OTHER;
        };
    }

    /// `obu_type`.
    int code() {
        return code;
    }
}
