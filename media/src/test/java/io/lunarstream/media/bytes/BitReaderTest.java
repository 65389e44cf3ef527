package io.lunarstream.media.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitReaderTest {

    @Test
    void readsFieldsAcrossBytes() throws MalformedException {
        BitReader bits = new BitReader(ByteString.fromHex("a5f00f"));
        assertThat(bits.bits(3)).isEqualTo(0b101);
        assertThat(bits.bits(9)).isEqualTo(0b0_0101_1111);
        assertThat(bits.flag()).isFalse();
        assertThat(bits.bitsLeft()).isEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 254, 255, 256, 65_535, Integer.MAX_VALUE - 1, Integer.MAX_VALUE})
    void readsUnsignedExpGolomb(int value) throws MalformedException {
        assertThat(new BitReader(new BitString().ue(value).bytes()).ue(Integer.MAX_VALUE, "field"))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, 2, -2, 127, -128, Integer.MAX_VALUE, -Integer.MAX_VALUE})
    void readsSignedExpGolomb(int value) throws MalformedException {
        assertThat(new BitReader(new BitString().se(value).bytes()).se()).isEqualTo(value);
    }

    @Test
    void reads32BitsUnsigned() throws MalformedException {
        assertThat(new BitReader(ByteString.fromHex("ffffffff")).bits32()).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void namesTheFieldThatIsTooLarge() {
        BitReader bits = new BitReader(new BitString().ue(9).bytes());
        assertThatThrownBy(() -> bits.ue(8, "pic_size"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("pic_size is 9, allowed are 0 to 8");
    }

    @Test
    void refusesToReadBeyondTheEnd() {
        BitReader bits = new BitReader(ByteString.fromHex("ff"));
        assertThatThrownBy(() -> bits.bits(9)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> bits.skip(9)).isInstanceOf(MalformedException.class);
        assertThat(bits.bitsLeft()).isEqualTo(8);
    }

    @Test
    void refusesCodesOfMoreThan32Bits() {
        BitReader bits = new BitReader(ByteString.fromHex("000000000000000000ff"));
        assertThatThrownBy(bits::se).isInstanceOf(MalformedException.class);
    }
}
