package io.lunarstream.media.aac;

import io.lunarstream.media.bytes.BitReader;
import io.lunarstream.media.bytes.MalformedException;

/// The sampling frequencies that have an index. Source: ISO/IEC 14496-3, table 1.18.
final class SamplingFrequencies {
    private static final int[] HZ = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };

    private static final int EXPLICIT = 15;

    private SamplingFrequencies() {}

    /// Reads an index of 4 bits and, if that says so, a frequency of 24 bits.
    ///
    /// Frequencies outside of the table's range are refused: nobody uses them, and a frame of hours is a danger to
    /// whoever adds up durations.
    static int read(BitReader bits) throws MalformedException {
        int index = bits.bits(4);
        if (index == EXPLICIT) {
            int hz = bits.bits(24);
            if (hz > HZ[0] || hz < HZ[HZ.length - 1]) {
                throw new MalformedException("samplingFrequency is " + hz);
            }
            return hz;
        }
        if (index >= HZ.length) {
            throw new MalformedException("samplingFrequencyIndex is " + index);
        }
        return HZ[index];
    }

    /// The index of the frequency that is nearest.
    static int indexOf(int hz) {
        int best = 0;
        for (int i = 1; i < HZ.length; i++) {
            if (Math.abs(HZ[i] - hz) < Math.abs(HZ[best] - hz)) {
                best = i;
            }
        }
        return best;
    }
}
