package io.lunarstream.media.hevc;

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

class HevcDecoderConfigurationTest {
    private static final String HEADER = "0101600000009000000000007bf000fcfdf8f800000f";
    private static final String VPS = "40010c01ffff01600000030090000003000003007b959409";
    private static final String SPS =
            "42010101600000030090000003000003007ba003c0801107cb965654a4c2f0168080000003008000001e04";
    private static final String PPS = "4401c073c189";
    private static final String VPS_ARRAY = "a000010018" + VPS;
    private static final String SPS_ARRAY = "a10001002b" + SPS;
    private static final String PPS_ARRAY = "a200010006" + PPS;
    private static final String X265 = HEADER + "03" + VPS_ARRAY + SPS_ARRAY + PPS_ARRAY;

    @Test
    void writesWhatItHasRead() throws MalformedException {
        assertThat(written(read(X265))).isEqualTo(X265);
    }

    /// Source of the names: ISO/IEC 14496-15, section E.3, by hand.
    @ParameterizedTest
    @CsvSource({
        "7b, hvc1.1.6.L123.90, as x265 writes it",
        "5d, hvc1.1.6.L93.90, another level",
    })
    void namesItself(String level, String name, String what) throws MalformedException {
        String hex = X265.replace(SPS, SPS.replace("03007ba0", "0300" + level + "a0"));
        assertThat(read(hex).rfc6381()).as(what).isEqualTo(name);
    }

    @Test
    void namesProfileSpaceHighTierAndAllConstraints() throws MalformedException {
        String sps = SPS.replace("4201010160000003009000000300000300", "4201016140000000b00102030405");
        assertThat(read(withSps(sps)).rfc6381()).isEqualTo("hvc1.A1.2.H123.B0.1.2.3.4.5");
    }

    @ParameterizedTest
    @CsvSource({"0c, 1", "0d, 2", "0f, 4"})
    void readsTheLengthSize(String lengthSizeByte, int bytes) throws MalformedException {
        String hex = HEADER.substring(0, HEADER.length() - 2) + lengthSizeByte + X265.substring(HEADER.length());
        assertThat(read(hex).nalLengthBytes()).isEqualTo(bytes);
        assertThat(written(read(hex).withNalLengthBytes(4))).isEqualTo(X265);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEADER + "04" + VPS_ARRAY + SPS_ARRAY + PPS_ARRAY + "27000100034e0105",
                HEADER + "03" + PPS_ARRAY + SPS_ARRAY + VPS_ARRAY,
                HEADER + "03" + "2000020000" + "0018" + VPS + SPS_ARRAY + PPS_ARRAY,
                "01ffffffffffffffffffffffff0000000000000000" + "0f03" + VPS_ARRAY + SPS_ARRAY + PPS_ARRAY
            })
    void leavesOutWhatIsNoParameterSet(String hex) throws MalformedException {
        assertThat(read(hex)).isEqualTo(read(X265)).hasSameHashCodeAs(read(X265));
    }

    @ParameterizedTest
    @CsvSource({
        "00" + "0160000000900000000000" + "7bf000fcfdf8f800000f00, configurationVersion is 0",
        "0101600000009000000000007bf000fcfdf8f800000e00, lengthSizeMinusOne is 2",
        HEADER + "00, hvcC without VPS",
        HEADER + "01" + VPS_ARRAY + ", hvcC without SPS",
        HEADER + "02" + VPS_ARRAY + SPS_ARRAY + ", hvcC without PPS",
        HEADER + "01a00001ffff" + VPS + ", NAL unit is cut off",
        HEADER + "01a0ffff0018" + VPS + ", nalUnitLength is cut off",
        HEADER + "ff, NAL unit array is cut off"
    })
    void refusesWithTheFieldsName(String hex, String message) {
        assertThatThrownBy(() -> read(hex))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void refusesToBeCutOff() {
        for (int length = 0; length < X265.length(); length += 2) {
            String cut = X265.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void refusesMoreParameterSetsThanThereAreIds() {
        String many = HEADER + "03a0003f" + ("0018" + VPS).repeat(63) + SPS_ARRAY + PPS_ARRAY;
        assertThatThrownBy(() -> read(many)).hasMessage("hvcC of more than 64 parameter sets");
    }

    @Test
    void refusesToBeVeryLong() {
        String padded = X265 + "00".repeat(HevcDecoderConfiguration.MAX_BYTES);
        assertThatThrownBy(() -> read(padded)).hasMessageContaining("hvcC of");
    }

    @ParameterizedTest
    @CsvSource({"26, true", "28, true", "2a, true", "20, true", "24, true", "02, false", "12, false", "42, false"})
    void knowsWhereDecodersCanStart(String firstByte, boolean randomAccess) {
        assertThat(HevcNalUnitType.isRandomAccessPoint(Integer.parseInt(firstByte, 16)))
                .isEqualTo(randomAccess);
    }

    private static String withSps(String sps) {
        return HEADER + "03" + VPS_ARRAY + "a10001%04x".formatted(sps.length() / 2) + sps + PPS_ARRAY;
    }

    private static HevcDecoderConfiguration read(String hex) throws MalformedException {
        return HevcDecoderConfiguration.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private static String written(HevcDecoderConfiguration configuration) {
        ByteBuf out = Unpooled.buffer();
        configuration.write(out);
        return ByteBufUtil.hexDump(out);
    }
}
