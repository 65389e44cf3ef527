package io.lunarstream.mpegts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Cuts the PES packets of one PID into transport packets of 188 bytes and keeps the PID's continuity counter.
///
/// ```
/// 47 | error 1, unit start 1, priority 1, PID 13 | scrambling 2, adaptation field 1, payload 1, counter 4
/// adaptation field: length 8 | discontinuity 1, random access 1, priority 1, PCR 1, 0000 | PCR 48 | stuffing ff…
/// PCR: base 33 | 111111 | extension 9
/// ```
///
/// A unit's size is known when it begins, so that the adaptation field of its last packet fills that one to the byte.
/// Source: ISO/IEC 13818-1, sections 2.4.3.2 and 2.4.3.4.
final class TsPacketWriter {
    static final int PACKET_BYTES = 188;
    static final int SYNC_BYTE = 0x47;
    static final int STUFFING = 0xFF;
    static final int PAYLOAD_UNIT_START = 1 << 14;
    static final int PAYLOAD_ONLY = 0b01 << 4;

    private static final int ADAPTATION_ONLY = 0b10 << 4;
    private static final int ADAPTATION_AND_PAYLOAD = 0b11 << 4;
    private static final int RANDOM_ACCESS = 0b0100_0000;
    private static final int PCR_FLAG = 0b0001_0000;
    private static final int HEADER_BYTES = 4;
    private static final int PAYLOAD_BYTES = PACKET_BYTES - HEADER_BYTES;
    private static final int PCR_BYTES = 6;

    /// More stuffing than a packet can take.
    private static final ByteBuf STUFFING_BYTES = stuffing();

    private final int pid;
    private int continuityCounter;

    private ByteBuf out = Unpooled.EMPTY_BUFFER;
    private int unitBytesLeft;
    private int packetBytesLeft;

    TsPacketWriter(int pid) {
        this.pid = pid;
    }

    /// Goes on counting where another writer of the same PID has stopped.
    void continueFrom(TsPacketWriter before) {
        continuityCounter = before.continuityCounter;
    }

    /// Begins a unit; exactly so many bytes must be put before the next one begins.
    ///
    /// @param pcr in ticks of 90 kHz, or [PcrClock#NONE]
    void startUnit(ByteBuf segment, int unitBytes, boolean randomAccess, long pcr) {
        out = segment;
        unitBytesLeft = unitBytes;
        startPacket(PAYLOAD_UNIT_START, randomAccess, pcr);
    }

    /// Appends bytes to the unit; the source's indexes stay as they are.
    void put(ByteBuf source, int index, int length) {
        int position = index;
        int left = length;
        while (left > 0) {
            if (packetBytesLeft == 0) {
                startPacket(/* unitStart= */ 0, false, PcrClock.NONE);
            }
            int count = Math.min(left, packetBytesLeft);
            out.writeBytes(source, position, count);
            position += count;
            left -= count;
            packetBytesLeft -= count;
            unitBytesLeft -= count;
        }
    }

    /// Writes a packet with a PCR and no payload, which leaves the continuity counter as it is.
    void putPcrOnly(ByteBuf segment, long pcr) {
        writeHeader(segment, /* unitStart= */ 0, ADAPTATION_ONLY | ((continuityCounter - 1) & 0xF));
        writeAdaptationField(segment, PAYLOAD_BYTES, false, pcr);
    }

    private void startPacket(int unitStart, boolean randomAccess, long pcr) {
        boolean hasPcr = pcr != PcrClock.NONE;
        int needed = hasPcr ? 2 + PCR_BYTES : randomAccess ? 2 : 0;
        int adaptationBytes = Math.max(needed, PAYLOAD_BYTES - unitBytesLeft);
        packetBytesLeft = PAYLOAD_BYTES - adaptationBytes;
        writeHeader(out, unitStart, (adaptationBytes > 0 ? ADAPTATION_AND_PAYLOAD : PAYLOAD_ONLY) | continuityCounter);
        continuityCounter = (continuityCounter + 1) & 0xF;
        if (adaptationBytes > 0) {
            writeAdaptationField(out, adaptationBytes, randomAccess, pcr);
        }
    }

    private void writeHeader(ByteBuf segment, int unitStart, int controlAndCounter) {
        segment.writeInt((SYNC_BYTE << 24) | ((unitStart | pid) << 8) | controlAndCounter);
    }

    /// Writes an adaptation field of so many bytes, its length byte included: a single one is that byte alone.
    private static void writeAdaptationField(ByteBuf out, int bytes, boolean randomAccess, long pcr) {
        int end = out.writerIndex() + bytes;
        out.writeByte(bytes - 1);
        if (bytes == 1) {
            return;
        }
        boolean hasPcr = pcr != PcrClock.NONE;
        out.writeByte((randomAccess ? RANDOM_ACCESS : 0) | (hasPcr ? PCR_FLAG : 0));
        if (hasPcr) {
            long base = pcr & MpegTime.MASK;
            out.writeInt((int) (base >>> 1));
            out.writeShort((int) ((base & 1) << 15) | 0b0111_1110_0000_0000);
        }
        out.writeBytes(STUFFING_BYTES, 0, end - out.writerIndex());
    }

    private static ByteBuf stuffing() {
        ByteBuf bytes = Unpooled.buffer(PACKET_BYTES, PACKET_BYTES);
        while (bytes.isWritable()) {
            bytes.writeByte(STUFFING);
        }
        return Unpooled.unreleasableBuffer(bytes.asReadOnly());
    }
}
