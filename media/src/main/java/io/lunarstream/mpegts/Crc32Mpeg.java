package io.lunarstream.mpegts;

import io.netty.buffer.ByteBuf;

/// The checksum at the end of a table section: polynomial 04c11db7, high bit first, begun with ones, not inverted.
///
/// Source: ISO/IEC 13818-1, annex A.
final class Crc32Mpeg {
    private static final int POLYNOMIAL = 0x04C1_1DB7;

    private Crc32Mpeg() {}

    /// The checksum of a part of a buffer. Bit by bit: it is needed once for each table, not for each packet.
    static int of(ByteBuf bytes, int index, int length) {
        int crc = 0xFFFF_FFFF;
        for (int i = index; i < index + length; i++) {
            crc ^= bytes.getByte(i) << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc << 1) ^ (crc < 0 ? POLYNOMIAL : 0);
            }
        }
        return crc;
    }
}
