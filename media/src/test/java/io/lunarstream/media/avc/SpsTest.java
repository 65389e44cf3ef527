package io.lunarstream.media.avc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.media.bytes.BitString;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpsTest {
    private static final String HD_60 = "6764002aacd940780227e5c044000003000400000301e03c60c658";

    /// As x264 writes them; the sizes and rates are those that it was told.
    @ParameterizedTest
    @CsvSource({
        HD_60 + ",                                              100, 42, 1920, 1080, 60",
        "6764001facd9405005bb011000003e90000ea600f1831960,       100, 31, 1280, 720, 29.97002997002997",
        "6764001eacd940b424d8088000000300800000190f8a14cb,       100, 30, 720, 576, 25",
        "677a001eb6cd940a02ff89c044000003000400000300c03c58b658, 122, 30, 640, 360, 24",
        "67f4000d919b28283f6022000003000200000300781e28532c,     244, 13, 320, 240, 30",
        "6764001ff3650280bfe7c3adc0404090000003001000000640f1831960, 100, 31, 640, 362, 50",
        "6764000aacd9472f8888c044000003000400000300c83c489658,   100, 10, 98, 66, 25"
    })
    void readsWhatEncodersWrite(String hex, int profile, int level, int width, int height, double rate)
            throws MalformedException {
        Sps sps = Sps.read(ByteString.fromHex(hex));
        assertThat(sps.profileIdc()).isEqualTo(profile);
        assertThat(sps.levelIdc()).isEqualTo(level);
        assertThat(sps.width()).isEqualTo(width);
        assertThat(sps.height()).isEqualTo(height);
        assertThat(sps.framesPerSecond()).hasValue(rate);
    }

    @Test
    void readsChromaAndBitDepth() throws MalformedException {
        Sps sps = Sps.read(ByteString.fromHex("677a001eb6cd940a02ff89c044000003000400000300c03c58b658"));
        assertThat(sps.chromaFormatIdc()).isEqualTo(2);
        assertThat(sps.bitDepthLuma()).isEqualTo(10);
        assertThat(sps.bitDepthChroma()).isEqualTo(10);
    }

    @Test
    void passesOverScalingListsAndPictureOrderCountOfType1() throws MalformedException {
        BitString bits = header(100).ue(0).ue(1).ue(0).ue(0).u(1, 0).u(1, 1);
        bits.u(1, 1).se(8).se(0).se(-16); // a list of 16 that ends early
        bits.u(1, 1);
        for (int i = 0; i < 16; i++) {
            bits.se(1); // a list of 16 to its end
        }
        bits.u(6, 0);
        bits.ue(0).ue(1).u(1, 0).se(-5).se(5).ue(2).se(1).se(-1);
        assertThat(Sps.read(size(bits, 39, 29).u(1, 0).u(1, 1).bytes()))
                .extracting(Sps::width, Sps::height, Sps::framesPerSecond)
                .containsExactly(640, 480, OptionalDouble.empty());
    }

    @Test
    void readsTheSizeThoughTheVuiIsCutOff() throws MalformedException {
        Sps sps = Sps.read(ByteString.fromHex(HD_60.substring(0, 28)));
        assertThat(sps.width()).isEqualTo(1_920);
        assertThat(sps.framesPerSecond()).isEmpty();
    }

    @Test
    void refusesToBeCutOffBeforeItsVui() {
        for (int bytes = 0; bytes < 10; bytes++) {
            String cut = HD_60.substring(0, 2 * bytes);
            assertThatThrownBy(() -> Sps.read(ByteString.fromHex(cut))).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void refusesSizesThatNoLevelAllows() {
        ByteString wide = size(header(66).ue(0).ue(0).ue(2), 1_055, 1).bytes();
        assertThatThrownBy(() -> Sps.read(wide)).hasMessageContaining("pic_width_in_mbs_minus1");
    }

    @Test
    void refusesToCropEverythingAway() {
        ByteString cropped = header(66)
                .ue(0)
                .ue(0)
                .ue(2)
                .ue(1)
                .u(1, 0)
                .ue(0)
                .ue(0)
                .u(3, 0b111)
                .ue(4)
                .ue(4)
                .ue(0)
                .ue(0)
                .bytes();
        assertThatThrownBy(() -> Sps.read(cropped)).hasMessageContaining("nothing of the width");
    }

    @Test
    void refusesToBeVeryLong() {
        ByteString longSps = ByteString.of(new byte[Sps.MAX_BYTES + 1]);
        assertThatThrownBy(() -> Sps.read(longSps)).hasMessageContaining("SPS of 1025 bytes");
    }

    private static BitString header(int profile) {
        return new BitString().u(8, 0x67).u(8, profile).u(8, 0).u(8, 30);
    }

    private static BitString size(BitString bits, int widthMinus1, int heightMinus1) {
        return bits.ue(1)
                .u(1, 0)
                .ue(widthMinus1)
                .ue(heightMinus1)
                .u(1, 1)
                .u(1, 1)
                .u(1, 0);
    }
}
