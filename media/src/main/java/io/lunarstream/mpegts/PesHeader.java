package io.lunarstream.mpegts;

import io.netty.buffer.ByteBuf;

/// The header of a PES packet.
///
/// ```
/// 000001 | stream_id 8 | PES_packet_length 16
/// 10 | scrambling 2 | priority 1 | data_alignment 1 | copyright 1 | original 1
/// PTS_DTS_flags 2 | 000000 | header data bytes 8 | PTS 40 | DTS 40, if it differs
/// time stamp: 0010 (PTS alone), 0011 (PTS) or 0001 (DTS) | 3 bits | 1 | 15 bits | 1 | 15 bits | 1
/// ```
///
/// Source: ISO/IEC 13818-1, section 2.4.3.6.
final class PesHeader {
    static final int MAX_BYTES = 19;

    private static final int START_CODE_PREFIX = 0x000001;
    private static final int DATA_ALIGNED = 0b1000_0100;
    private static final int PTS_ONLY = 0b1000_0000;
    private static final int PTS_AND_DTS = 0b1100_0000;
    private static final int TIME_STAMP_BYTES = 5;

    private PesHeader() {}

    /// Writes the header of a packet whose length is left open, as is allowed for video only.
    static void writeUnbounded(ByteBuf out, int streamId, long pts, long dts) {
        write(out, streamId, 0, pts, dts);
    }

    /// Writes the header of a packet with so many bytes of payload, presented in decoding order.
    static void write(ByteBuf out, int streamId, int payloadBytes, long pts) {
        write(out, streamId, 3 + TIME_STAMP_BYTES + payloadBytes, pts, pts);
    }

    private static void write(ByteBuf out, int streamId, int packetLength, long pts, long dts) {
        boolean both = pts != dts;
        out.writeMedium(START_CODE_PREFIX);
        out.writeByte(streamId);
        out.writeShort(packetLength);
        out.writeByte(DATA_ALIGNED);
        out.writeByte(both ? PTS_AND_DTS : PTS_ONLY);
        out.writeByte(both ? 2 * TIME_STAMP_BYTES : TIME_STAMP_BYTES);
        writeTimeStamp(out, both ? 0b0011 : 0b0010, pts);
        if (both) {
            writeTimeStamp(out, 0b0001, dts);
        }
    }

    private static void writeTimeStamp(ByteBuf out, int prefix, long stamp) {
        out.writeByte((prefix << 4) | (int) (stamp >>> 30 << 1) | 1);
        out.writeShort((int) (stamp >>> 15 << 1) | 1);
        out.writeShort((int) (stamp << 1) | 1);
    }
}
