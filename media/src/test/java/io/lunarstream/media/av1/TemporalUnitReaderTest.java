package io.lunarstream.media.av1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemporalUnitReaderTest {
    private static final String DELIMITER = "1200";
    private static final String SEQUENCE_HEADER = "0a0b0000002d4cffb3cdaf9404";
    private static final String KEY_FRAME = "320310aabb";
    private static final String INTER_FRAME = "320330aabb";

    private final TemporalUnitReader reader = new TemporalUnitReader();

    @ParameterizedTest
    @CsvSource({
        KEY_FRAME + ", " + KEY_FRAME,
        DELIMITER + KEY_FRAME + ", " + KEY_FRAME,
        DELIMITER + DELIMITER + KEY_FRAME + ", " + KEY_FRAME,
        KEY_FRAME + DELIMITER + INTER_FRAME + ", " + KEY_FRAME + INTER_FRAME,
        DELIMITER + KEY_FRAME + DELIMITER + INTER_FRAME + ", " + KEY_FRAME + INTER_FRAME,
        DELIMITER + ", ''"
    })
    void takesDelimitersOut(String unit, String sample) throws MalformedException {
        assertThat(ByteBufUtil.hexDump(reader.read(buffer(unit)))).isEqualTo(sample);
    }

    @Test
    void copiesNothingIfTheDelimiterComesFirst() throws MalformedException {
        ByteBuf unit = buffer(DELIMITER + KEY_FRAME);
        ByteBuf sample = reader.read(unit);
        unit.setByte(4, 0x30);
        assertThat(sample.getByte(2)).isEqualTo((byte) 0x30);
        assertThat(unit.readerIndex()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        KEY_FRAME + ", true, a key frame",
        "1a0110, true, a frame header of a key frame",
        "3010aabb, true, a frame without a size",
        "360003" + "10aabb, true, a frame with an extension",
        SEQUENCE_HEADER + KEY_FRAME + ", true, behind a sequence header",
        INTER_FRAME + ", false, an inter frame",
        "320300aabb, false, a key frame that is not shown",
        "1a01c8, false, an earlier frame that is shown",
        "320350aabb, false, an intra-only frame",
        INTER_FRAME + KEY_FRAME + ", false, an inter frame first",
        SEQUENCE_HEADER + ", false, no frame"
    })
    void knowsWhereDecodersCanStart(String unit, boolean keyFrame, String what) throws MalformedException {
        reader.read(buffer(KEY_FRAME));
        reader.read(buffer(unit));
        assertThat(reader.keyFrame()).as(what).isEqualTo(keyFrame);
    }

    @Test
    void findsTheSequenceHeader() throws MalformedException {
        reader.read(buffer(DELIMITER + SEQUENCE_HEADER + KEY_FRAME));
        assertThat(reader.sequenceHeader().orElseThrow()).hasToString(SEQUENCE_HEADER.substring(4));
        reader.read(buffer(KEY_FRAME));
        assertThat(reader.sequenceHeader()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"32", "36", "3205aabb", "3203" + "10aabb" + "12", "3200", "12ff", "32ffffffffffffffffff"})
    void refuses(String unit) {
        assertThatThrownBy(() -> reader.read(buffer(unit))).isInstanceOf(MalformedException.class);
    }

    private static ByteBuf buffer(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
