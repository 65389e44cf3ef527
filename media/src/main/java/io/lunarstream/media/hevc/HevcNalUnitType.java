package io.lunarstream.media.hevc;

/// What a NAL unit holds, as far as it matters here: the six bits after the first one.
/// Source: ITU-T H.265, table 7-1.
public enum HevcNalUnitType {
    VIDEO_PARAMETER_SET(32),
    SEQUENCE_PARAMETER_SET(33),
    PICTURE_PARAMETER_SET(34);

    private static final int CODES = 64;
    private static final int FIRST_RANDOM_ACCESS = 16;
    private static final int LAST_RANDOM_ACCESS = 23;

    private final int code;

    HevcNalUnitType(int code) {
        this.code = code;
    }

    /// `nal_unit_type`.
    int code() {
        return code;
    }

    /// Whether a NAL unit's first byte names this type.
    boolean is(int firstByte) {
        return code(firstByte) == code;
    }

    /// Whether a NAL unit's first byte names a slice of a random access point (IRAP): IDR, BLA or CRA.
    ///
    /// A decoder that starts at a CRA picture drops the leading pictures that need earlier ones; what comes
    /// after is right. With open groups of pictures there is no other place to start. Source: section 8.1.3.
    public static boolean isRandomAccessPoint(int firstByte) {
        int code = code(firstByte);
        return code >= FIRST_RANDOM_ACCESS && code <= LAST_RANDOM_ACCESS;
    }

    private static int code(int firstByte) {
        return (firstByte >>> 1) & (CODES - 1);
    }
}
