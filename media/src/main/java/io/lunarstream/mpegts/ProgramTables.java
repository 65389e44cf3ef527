package io.lunarstream.mpegts;

import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/// The PAT and the PMT of our one program, each in one transport packet that is made once and written often.
///
/// ```
/// section: table_id 8 | 1 0 11 section_length 12 | id 16 | 11 version 5 current 1 | 0 8 | 0 8 | content | CRC 32
/// PAT:     id = transport stream; content = program_number 16 | 111 PMT's PID 13
/// PMT:     id = program; content = 111 PCR's PID 13 | 1111 0 12, then for each stream:
///                                  stream_type 8 | 111 PID 13 | 1111 0 12
/// ```
///
/// Source: ISO/IEC 13818-1, sections 2.4.4.3 and 2.4.4.8.
final class ProgramTables {
    /// How many streams surely fit a PMT of one packet: (184 - 17) / 5 would be 33.
    static final int MAX_STREAMS = 16;

    private static final int PAT_PID = 0;
    private static final int PMT_PID = 0x1000;
    private static final int FIRST_STREAM_PID = 0x100;
    private static final int PAT_TABLE_ID = 0;
    private static final int PMT_TABLE_ID = 2;
    private static final int TRANSPORT_STREAM_ID = 1;
    private static final int PROGRAM_NUMBER = 1;
    private static final int CRC_BYTES = 4;
    private static final int RESERVED_3 = 0b111 << 13;
    private static final int RESERVED_4 = 0b1111 << 12;

    private final ByteBuf patPacket;
    private final ByteBuf pmtPacket;
    private int continuityCounter;

    ProgramTables(List<Track> tracks, int pcrPid) {
        patPacket = packet(PAT_PID, PAT_TABLE_ID, TRANSPORT_STREAM_ID, pat());
        pmtPacket = packet(PMT_PID, PMT_TABLE_ID, PROGRAM_NUMBER, pmt(tracks, pcrPid));
    }

    /// The PID of a track by its place in the list of tracks.
    static int streamPid(int trackIndex) {
        return FIRST_STREAM_PID + trackIndex;
    }

    /// Goes on counting where other tables have stopped.
    void continueFrom(ProgramTables before) {
        continuityCounter = before.continuityCounter;
    }

    void write(ByteBuf out) {
        writePacket(patPacket, out);
        writePacket(pmtPacket, out);
        continuityCounter = (continuityCounter + 1) & 0xF;
    }

    private void writePacket(ByteBuf packet, ByteBuf out) {
        packet.setByte(3, TsPacketWriter.PAYLOAD_ONLY | continuityCounter);
        out.writeBytes(packet, 0, TsPacketWriter.PACKET_BYTES);
    }

    private static ByteBuf pat() {
        return Unpooled.buffer().writeShort(PROGRAM_NUMBER).writeShort(RESERVED_3 | PMT_PID);
    }

    private static ByteBuf pmt(List<Track> tracks, int pcrPid) {
        ByteBuf content = Unpooled.buffer().writeShort(RESERVED_3 | pcrPid).writeShort(RESERVED_4);
        for (int i = 0; i < tracks.size(); i++) {
            content.writeByte(StreamType.of(tracks.get(i).codec()).orElseThrow().id());
            content.writeShort(RESERVED_3 | streamPid(i));
            content.writeShort(RESERVED_4);
        }
        return content;
    }

    private static ByteBuf packet(int pid, int tableId, int id, ByteBuf content) {
        ByteBuf packet = Unpooled.buffer(TsPacketWriter.PACKET_BYTES, TsPacketWriter.PACKET_BYTES);
        packet.writeByte(TsPacketWriter.SYNC_BYTE);
        packet.writeShort(TsPacketWriter.PAYLOAD_UNIT_START | pid);
        packet.writeByte(TsPacketWriter.PAYLOAD_ONLY);
        packet.writeByte(/* pointer_field= */ 0);
        int sectionStart = packet.writerIndex();
        packet.writeByte(tableId);
        packet.writeShort((0b1011 << 12) | (5 + content.readableBytes() + CRC_BYTES)); // section_length
        packet.writeShort(id);
        packet.writeByte(0b1100_0001); // reserved, version 0, current
        packet.writeByte(/* section_number= */ 0);
        packet.writeByte(/* last_section_number= */ 0);
        packet.writeBytes(content);
        packet.writeInt(Crc32Mpeg.of(packet, sectionStart, packet.writerIndex() - sectionStart));
        while (packet.isWritable()) {
            packet.writeByte(TsPacketWriter.STUFFING);
        }
        return packet;
    }
}
