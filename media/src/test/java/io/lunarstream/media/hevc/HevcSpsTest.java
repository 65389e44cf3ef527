package io.lunarstream.media.hevc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.media.bytes.BitString;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HevcSpsTest {
    private static final String FULL_HD_60 =
            "42010101600000030090000003000003007ba003c0801107cb965654a4c2f0168080000003008000001e04";

    /// Bytes up to the bit depths: what is cut off behind them is forgiven.
    private static final int BYTES_BEFORE_CODING_TOOLS = 26;

    /// As x265 writes them; the sizes, rates and chroma are those that it was told.
    @ParameterizedTest
    @CsvSource({
        FULL_HD_60 + ", 1920, 1080, 60, 1, 8",
        "42010102200000030090000003000003005da00280802d1365959a4932bc05a02000007d20000ea601,"
                + " 1280, 720, 29.97002997002997, 1, 10",
        "4201010408000003009d0800000300003fb005020171f3b65959a49395e08d408040410000030001000003001908,"
                + " 640, 362, 25, 2, 10",
        "4201012408000003009e0800000300009990014901f39e7cb2b349265780b404000003000400000300c820,"
                + " 322, 242, 50, 3, 8"
    })
    void readsWhatEncodersWrite(String hex, int width, int height, double rate, int chroma, int bitDepth)
            throws MalformedException {
        HevcSps sps = HevcSps.read(ByteString.fromHex(hex));
        assertThat(sps.width()).isEqualTo(width);
        assertThat(sps.height()).isEqualTo(height);
        assertThat(sps.framesPerSecond()).hasValue(rate);
        assertThat(sps.chromaFormatIdc()).isEqualTo(chroma);
        assertThat(sps.bitDepthLuma()).isEqualTo(bitDepth);
        assertThat(sps.bitDepthChroma()).isEqualTo(bitDepth);
    }

    @Test
    void passesOverSubLayersListsAndSetsOfReferencePictures() throws MalformedException {
        BitString bits = new BitString().u(16, 0x4201).u(4, 0).u(3, 2).u(1, 0);
        profileTierLevel(bits);
        bits.u(2, 0b11).u(2, 0b01).u(12, 0); // what two sub-layers say, and padding
        bits.u(31, 0).u(31, 0).u(26, 0).u(8, 0).u(8, 0); // profile and level, and a level
        sizeAndDepth(bits);
        bits.ue(4).u(1, 1).ue(1).ue(0).ue(0).ue(2).ue(1).ue(0).ue(3).ue(1).ue(0);
        bits.ue(0).ue(3).ue(0).ue(3).ue(0).ue(0);
        bits.u(1, 1).u(1, 1);
        scalingLists(bits);
        bits.u(2, 0).u(1, 1).u(8, 0).ue(0).ue(0).u(1, 0); // PCM
        bits.ue(2).ue(1).ue(1).ue(0).u(1, 1).ue(0).u(1, 1); // two sets, the first with two pictures
        bits.u(1, 1).u(1, 0).ue(0).u(1, 1).u(2, 0b01).u(2, 0b00); // the second one, told by the first
        bits.u(1, 1).ue(2).u(18, 0); // two long-term pictures
        bits.u(2, 0).u(1, 1);
        bits.u(1, 1).u(8, 255).u(32, 0).u(1, 1).u(1, 0).u(1, 1).u(4, 0).u(1, 1).u(24, 0);
        bits.u(1, 1).ue(0).ue(0).u(3, 0).u(1, 1).ue(0).ue(0).ue(0).ue(0);
        bits.u(1, 1).u(32, 1).u(32, 24);
        assertThat(HevcSps.read(bits.bytes()))
                .extracting(HevcSps::width, HevcSps::height, HevcSps::temporalLayers, HevcSps::framesPerSecond)
                .containsExactly(640, 480, 3, OptionalDouble.of(24));
    }

    @Test
    void readsTheSizeThoughTheRestIsCutOff() throws MalformedException {
        for (int bytes = BYTES_BEFORE_CODING_TOOLS; bytes < FULL_HD_60.length() / 2 - 2; bytes++) {
            HevcSps sps = HevcSps.read(ByteString.fromHex(FULL_HD_60.substring(0, 2 * bytes)));
            assertThat(sps.width()).isEqualTo(1_920);
            assertThat(sps.framesPerSecond()).isEmpty();
        }
    }

    @Test
    void refusesToBeCutOffBefore() {
        for (int bytes = 0; bytes < BYTES_BEFORE_CODING_TOOLS; bytes++) {
            String cut = FULL_HD_60.substring(0, 2 * bytes);
            assertThatThrownBy(() -> HevcSps.read(ByteString.fromHex(cut)))
                    .as(cut)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void refusesAnotherNalUnit() {
        ByteString other = ByteString.fromHex("40" + FULL_HD_60.substring(2));
        assertThatThrownBy(() -> HevcSps.read(other)).hasMessage("NAL unit is no SPS");
    }

    @ParameterizedTest
    @CsvSource({"16889, 480, pic_width_in_luma_samples", "0, 480, nothing is left of the width"})
    void refusesImpossibleSizes(int width, int height, String message) {
        BitString bits = new BitString().u(16, 0x4201).u(4, 0).u(3, 0).u(1, 1);
        profileTierLevel(bits);
        bits.ue(0).ue(1).ue(width).ue(height).u(1, 0);
        assertThatThrownBy(() -> HevcSps.read(bits.bytes())).hasMessageContaining(message);
    }

    @Test
    void refusesToCropEverythingAway() {
        BitString bits = new BitString().u(16, 0x4201).u(4, 0).u(3, 0).u(1, 1);
        profileTierLevel(bits);
        bits.ue(0).ue(1).ue(640).ue(480).u(1, 1).ue(320).ue(0).ue(0).ue(0);
        assertThatThrownBy(() -> HevcSps.read(bits.bytes())).hasMessageContaining("nothing is left of the width");
    }

    @Test
    void refusesToBeVeryLong() {
        ByteString longSps = ByteString.of(new byte[HevcSps.MAX_BYTES + 1]);
        assertThatThrownBy(() -> HevcSps.read(longSps)).hasMessageContaining("SPS of 4097 bytes");
    }

    private static void profileTierLevel(BitString bits) {
        bits.u(8, 1).u(32, 0x6000_0000L).u(31, 0).u(17, 0).u(8, 90);
    }

    private static void sizeAndDepth(BitString bits) {
        bits.ue(0).ue(1).ue(648).ue(480).u(1, 1).ue(2).ue(2).ue(0).ue(0).ue(0).ue(0);
    }

    /// One list by prediction, the others by coefficients.
    private static void scalingLists(BitString bits) {
        for (int size = 0; size < 4; size++) {
            for (int matrix = 0; matrix < (size == 3 ? 2 : 6); matrix++) {
                if (size == 0 && matrix == 1) {
                    bits.u(1, 0).ue(1);
                    continue;
                }
                bits.u(1, 1);
                for (int i = size > 1 ? -1 : 0; i < (size == 0 ? 16 : 64); i++) {
                    bits.se(1);
                }
            }
        }
    }
}
