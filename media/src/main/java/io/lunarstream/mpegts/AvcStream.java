package io.lunarstream.mpegts;

import io.lunarstream.media.Sample;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.avc.AvcDecoderConfiguration;
import io.lunarstream.media.avc.NalUnitType;
import io.lunarstream.media.bytes.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// H.264: one PES packet for each access unit, as an Annex B byte stream.
///
/// ```
/// PES header | access unit delimiter | SPS, PPS if it is an IDR picture without them | the sample's NAL units
/// ```
///
/// Start codes have 4 bytes like the lengths that they stand for, so that a sample's size does not change. A
/// delimiter of the sample's own gives way to ours. Source: ITU-T H.264, annex B; ISO/IEC 13818-1, section 2.14.1.
final class AvcStream implements ElementaryStream {
    private static final int START_CODE = 0x0000_0001;
    private static final int LENGTH_BYTES = 4;

    /// `primary_pic_type` 7: any slices may follow; then the stop bit.
    private static final int ANY_PICTURE = 0b1111_0000;

    private final Timescale timescale;
    private final TsPacketWriter packets;
    private final ByteBuf startCode = Unpooled.buffer(LENGTH_BYTES).writeInt(START_CODE);
    private final ByteBuf parameterSets = Unpooled.buffer();

    /// What goes before the sample's own NAL units; reused.
    private final ByteBuf prefix = Unpooled.buffer();

    // What the last scan found.
    private int unitBytes;
    private boolean idrSeen;
    private boolean spsSeen;
    private boolean ppsSeen;

    AvcStream(AvcDecoderConfiguration configuration, Timescale timescale, TsPacketWriter packets) {
        if (configuration.nalLengthBytes() != LENGTH_BYTES) {
            throw new IllegalArgumentException("samples must have lengths of 4 bytes");
        }
        this.timescale = timescale;
        this.packets = packets;
        configuration.spsList().forEach(sps -> addParameterSet(sps.nalUnit()));
        configuration.ppsList().forEach(this::addParameterSet);
    }

    private void addParameterSet(ByteString nalUnit) {
        parameterSets.writeInt(START_CODE);
        nalUnit.writeTo(parameterSets);
    }

    @Override
    public void write(Sample sample, ByteBuf out, PcrClock pcrClock) {
        ByteBuf data = sample.data();
        scan(data);
        long clock = MpegTime.clock(sample.dts(), timescale);
        writePrefix(MpegTime.stamp(MpegTime.clock(sample.pts(), timescale)), MpegTime.stamp(clock));
        long pcr = pcrClock.next(packets, clock, out);
        packets.startUnit(out, prefix.readableBytes() + unitBytes, sample.sync(), pcr);
        packets.put(prefix, 0, prefix.readableBytes());
        int position = data.readerIndex();
        while (position < data.writerIndex()) {
            int length = unitLength(data, position);
            position += LENGTH_BYTES;
            if (!isDelimiter(data, position)) {
                packets.put(startCode, 0, LENGTH_BYTES);
                packets.put(data, position, length);
            }
            position += length;
        }
    }

    @Override
    public void flush(ByteBuf out, PcrClock pcrClock) {
        // Nothing is kept.
    }

    private void writePrefix(long pts, long dts) {
        prefix.clear();
        PesHeader.writeUnbounded(prefix, StreamType.AVC.streamId(), pts, dts);
        prefix.writeInt(START_CODE);
        prefix.writeByte(NalUnitType.ACCESS_UNIT_DELIMITER.code());
        prefix.writeByte(ANY_PICTURE);
        if (idrSeen && !(spsSeen && ppsSeen)) {
            prefix.writeBytes(parameterSets, 0, parameterSets.readableBytes());
        }
    }

    private void scan(ByteBuf data) {
        unitBytes = 0;
        idrSeen = false;
        spsSeen = false;
        ppsSeen = false;
        int position = data.readerIndex();
        while (position < data.writerIndex()) {
            int length = unitLength(data, position);
            position += LENGTH_BYTES;
            NalUnitType type = NalUnitType.of(data.getByte(position));
            idrSeen |= type == NalUnitType.IDR_SLICE;
            spsSeen |= type == NalUnitType.SEQUENCE_PARAMETER_SET;
            ppsSeen |= type == NalUnitType.PICTURE_PARAMETER_SET;
            unitBytes += type == NalUnitType.ACCESS_UNIT_DELIMITER ? 0 : LENGTH_BYTES + length;
            position += length;
        }
    }

    private static boolean isDelimiter(ByteBuf data, int position) {
        return NalUnitType.of(data.getByte(position)) == NalUnitType.ACCESS_UNIT_DELIMITER;
    }

    private static int unitLength(ByteBuf data, int position) {
        int left = data.writerIndex() - position - LENGTH_BYTES;
        int length = left < 0 ? 0 : data.getInt(position);
        if (length < 1 || length > left) {
            throw new IllegalArgumentException("NAL unit of " + length + " bytes in a sample with " + left + " left");
        }
        return length;
    }
}
