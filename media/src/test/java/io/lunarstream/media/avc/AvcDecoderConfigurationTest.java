package io.lunarstream.media.avc;

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

class AvcDecoderConfigurationTest {
    private static final String SPS = "6764001facd9405005bb011000003e90000ea600f1831960";
    private static final String PPS = "68ebe3cb22c0";
    private static final String TRAILER = "fdf8f800";
    private static final String X264 = "0164001fffe10018" + SPS + "010006" + PPS + TRAILER;

    @Test
    void writesWhatItHasRead() throws MalformedException {
        assertThat(written(read(X264))).isEqualTo(X264);
    }

    @Test
    void namesItself() throws MalformedException {
        assertThat(read(X264).rfc6381()).isEqualTo("avc1.64001f");
    }

    @Test
    void isEqualByContent() throws MalformedException {
        assertThat(read(X264)).isEqualTo(read(X264)).hasSameHashCodeAs(read(X264));
        assertThat(read(X264)).isNotEqualTo(read(X264.replace(PPS, "68ebe3cb22c1")));
    }

    @ParameterizedTest
    @CsvSource({"fc, 1", "fd, 2", "ff, 4", "03, 4"})
    void readsTheLengthSize(String lengthSizeByte, int bytes) throws MalformedException {
        assertThat(read(X264.replace("1fff", "1f" + lengthSizeByte)).nalLengthBytes())
                .isEqualTo(bytes);
    }

    @Test
    void writesAnotherLengthSize() throws MalformedException {
        AvcDecoderConfiguration ofTwoBytes = read(X264.replace("1fff", "1ffd"));
        assertThat(written(ofTwoBytes.withNalLengthBytes(4))).isEqualTo(X264);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fd", "fdf8f8", "fdf8f800000000", "ffffffffffff"})
    void toleratesAnyTrailer(String trailer) throws MalformedException {
        assertThat(read(X264.replace(TRAILER, trailer))).isEqualTo(read(X264));
    }

    @Test
    void leavesOutEmptyAndForeignParameterSets() throws MalformedException {
        String padded = "0164001fffe3" + "0000" + "0018" + SPS + "00026f64" + "02" + "0006" + PPS + "0000";
        assertThat(read(padded)).isEqualTo(read(X264));
    }

    @ParameterizedTest
    @CsvSource({
        "0064001fffe10018" + SPS + "010006" + PPS + ", configurationVersion is 0",
        "0164001ffee10018" + SPS + "010006" + PPS + ", lengthSizeMinusOne is 2",
        "0164001fffe0010006" + PPS + ", avcC without SPS",
        "0164001fffe10018" + SPS + "00, avcC without PPS",
        "0164001fffe1ffff" + SPS + ", 'SEQUENCE_PARAMETER_SET of 65535 bytes, allowed are 1024'",
    })
    void refusesWithTheFieldsName(String hex, String message) {
        assertThatThrownBy(() -> read(hex))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void refusesToBeCutOffBeforeTheTrailer() {
        for (int length = 0; length < X264.length() - TRAILER.length(); length += 2) {
            String cut = X264.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(MalformedException.class);
        }
    }

    private static AvcDecoderConfiguration read(String hex) throws MalformedException {
        return AvcDecoderConfiguration.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private static String written(AvcDecoderConfiguration configuration) {
        ByteBuf out = Unpooled.buffer();
        configuration.write(out);
        return ByteBufUtil.hexDump(out);
    }
}
