package io.lunarstream.media.avc;

import io.lunarstream.media.bytes.BitReader;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.EmulationPrevention;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// The parameter sets that an access unit brings along. Some encoders change the picture's size by these alone, without
/// another codec configuration.
///
/// A set takes the place of the one with its id. Only an SPS that asks for another decoder is a change: many encoders
/// repeat their parameter sets before each keyframe, and some vary what does not matter. Source: ITU-T H.264, section
/// 7.4.1.2.1.
final class InBandParameterSets {
    private static final int LENGTH_BYTES = 4;
    private static final int MAX_SPS_ID = 31;
    private static final int MAX_PPS_ID = 255;

    /// `numOfSequenceParameterSets` has 5 bits.
    private static final int MAX_SPS_COUNT = 31;

    /// `numOfPictureParameterSets` has 8 bits.
    private static final int MAX_PPS_COUNT = 255;

    private final List<Sps> spsList;
    private final List<ByteString> ppsList;
    private boolean changed;

    private InBandParameterSets(AvcDecoderConfiguration known) {
        spsList = new ArrayList<>(known.spsList());
        ppsList = new ArrayList<>(known.ppsList());
    }

    /// The configuration for this access unit: the known one, unless an SPS in it asks for another decoder.
    ///
    /// @param accessUnit whole NAL units with lengths of 4 bytes
    /// @throws MalformedException if a parameter set cannot be read
    static AvcDecoderConfiguration mergedInto(AvcDecoderConfiguration known, ByteBuf accessUnit)
            throws MalformedException {
        InBandParameterSets sets = new InBandParameterSets(known);
        int position = accessUnit.readerIndex();
        while (position < accessUnit.writerIndex()) {
            int length = accessUnit.getInt(position);
            sets.nalUnit(accessUnit, position + LENGTH_BYTES, length);
            position += LENGTH_BYTES + length;
        }
        boolean fits = sets.spsList.size() <= MAX_SPS_COUNT && sets.ppsList.size() <= MAX_PPS_COUNT;
        return sets.changed && fits
                ? new AvcDecoderConfiguration(known.nalLengthBytes(), sets.spsList, sets.ppsList)
                : known;
    }

    private void nalUnit(ByteBuf in, int index, int length) throws MalformedException {
        NalUnitType type = NalUnitType.of(in.getByte(index));
        if (length > Sps.MAX_BYTES) {
            return;
        }
        if (type == NalUnitType.SEQUENCE_PARAMETER_SET) {
            sps(Sps.read(ByteString.copyOf(in, index, length)));
        } else if (type == NalUnitType.PICTURE_PARAMETER_SET) {
            pps(ByteString.copyOf(in, index, length));
        }
    }

    /// The newest stands first: it is the one whose pictures come.
    private void sps(Sps sps) throws MalformedException {
        boolean known = spsList.stream().anyMatch(other -> sameDecoder(other, sps));
        if (known) {
            return;
        }
        int id = spsId(sps.nalUnit());
        for (Sps other : List.copyOf(spsList)) {
            if (spsId(other.nalUnit()) == id) {
                spsList.remove(other);
            }
        }
        spsList.addFirst(sps);
        changed = true;
    }

    private void pps(ByteString pps) throws MalformedException {
        int id = ppsId(pps);
        for (ByteString other : List.copyOf(ppsList)) {
            if (ppsId(other) == id) {
                ppsList.remove(other);
            }
        }
        ppsList.add(pps);
    }

    private static boolean sameDecoder(Sps one, Sps other) {
        return one.profileIdc() == other.profileIdc()
                && one.levelIdc() == other.levelIdc()
                && one.chromaFormatIdc() == other.chromaFormatIdc()
                && one.bitDepthLuma() == other.bitDepthLuma()
                && one.bitDepthChroma() == other.bitDepthChroma()
                && one.width() == other.width()
                && one.height() == other.height();
    }

    private static int spsId(ByteString nalUnit) throws MalformedException {
        BitReader bits = new BitReader(EmulationPrevention.removedFrom(nalUnit));
        bits.skip(8 + 24); // NAL unit header; profile_idc, constraint flags, level_idc
        return bits.ue(MAX_SPS_ID, "seq_parameter_set_id");
    }

    private static int ppsId(ByteString nalUnit) throws MalformedException {
        BitReader bits = new BitReader(EmulationPrevention.removedFrom(nalUnit));
        bits.skip(8); // NAL unit header
        return bits.ue(MAX_PPS_ID, "pic_parameter_set_id");
    }
}
