package io.lunarstream.media.bytes;

import java.util.Arrays;

/// Takes the bytes out of a NAL unit that keep start codes from appearing in it.
///
/// Source: ITU-T H.264, section 7.4.1; H.265, section 7.4.2.
public final class EmulationPrevention {
    private EmulationPrevention() {}

    /// The NAL unit's bytes without the 3 of each 00 00 03.
    public static ByteString removedFrom(ByteString nalUnit) {
        byte[] rbsp = new byte[nalUnit.size()];
        int length = 0;
        int zeros = 0;
        for (int i = 0; i < nalUnit.size(); i++) {
            int value = nalUnit.at(i);
            if (zeros >= 2 && value == 3) {
                zeros = 0;
                continue;
            }
            zeros = value == 0 ? zeros + 1 : 0;
            rbsp[length++] = (byte) value;
        }
        return ByteString.of(Arrays.copyOf(rbsp, length));
    }
}
