package io.lunarstream.media.avc;

/// What a NAL unit holds: the five low bits of its first byte. Source: ITU-T H.264, table 7-1.
public enum NalUnitType {
    /// 0 and 24 to 31: for other specifications to use, such as RTP.
    UNSPECIFIED(0),
    SLICE(1),
    SLICE_DATA_PARTITION_A(2),
    SLICE_DATA_PARTITION_B(3),
    SLICE_DATA_PARTITION_C(4),
    IDR_SLICE(5),
    SEI(6),
    SEQUENCE_PARAMETER_SET(7),
    PICTURE_PARAMETER_SET(8),
    ACCESS_UNIT_DELIMITER(9),
    END_OF_SEQUENCE(10),
    END_OF_STREAM(11),
    FILLER_DATA(12),
    SEQUENCE_PARAMETER_SET_EXTENSION(13),
    PREFIX(14),
    SUBSET_SEQUENCE_PARAMETER_SET(15),
    DEPTH_PARAMETER_SET(16),
    /// 17, 18, 22 and 23.
    RESERVED(17),
    AUXILIARY_SLICE(19),
    SLICE_EXTENSION(20),
    SLICE_EXTENSION_3D(21);

    private static final int CODES = 32;
    private static final int FIRST_UNSPECIFIED = 24;
    private static final NalUnitType[] BY_CODE = byCode();

    private final int code;

    NalUnitType(int code) {
        this.code = code;
    }

    /// `nal_unit_type`; the lowest one where several share a name.
    public int code() {
        return code;
    }

    /// The type named by a NAL unit's first byte.
    public static NalUnitType of(int firstByte) {
        return BY_CODE[firstByte & (CODES - 1)];
    }

    private static NalUnitType[] byCode() {
        NalUnitType[] table = new NalUnitType[CODES];
        for (int code = 0; code < CODES; code++) {
            table[code] = code < FIRST_UNSPECIFIED ? RESERVED : UNSPECIFIED;
        }
        for (NalUnitType type : values()) {
            table[type.code] = type;
        }
        return table;
    }
}
