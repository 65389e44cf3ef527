package io.lunarstream.media.av1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.media.bytes.BitString;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Av1ConfigurationTest {
    private static final String LIBAOM = "81054c000a0b0000002d4cffb3cdaf9404";

    /// As libaom and SVT-AV1 write them: 4:2:0 in 10 bits, 4:4:4, grey, RGB, 4:2:2 in 12 bits, and with timing.
    @ParameterizedTest
    @CsvSource({
        LIBAOM + ", 1280, 720, av01.0.05M.10",
        "812000000a0a200000043cffbcdaf902, 320, 240, av01.1.00M.08",
        "81001c000a0a000000043cffbcdaf92a, 320, 240, av01.0.00M.08",
        "812000000a0d200000043cffbcdaf92021a004, 320, 240, av01.1.00M.08",
        "814068000a0b400000043cffbcdaf96220, 320, 240, av01.2.00M.12",
        "81000c000a14040000000400000063400000bc3d07c4daf90040, 322, 242, av01.0.00M.08",
        "81090c000a0c0200004a955dfe1b805f0008, 1920, 1080, av01.0.09M.08"
    })
    void readsAndWritesWhatEncodersWrite(String hex, int width, int height, String name) throws MalformedException {
        Av1Configuration configuration = read(hex).orElseThrow();
        assertThat(configuration.sequenceHeader().width()).isEqualTo(width);
        assertThat(configuration.sequenceHeader().height()).isEqualTo(height);
        assertThat(configuration.rfc6381()).isEqualTo(name);
        assertThat(written(configuration)).isEqualTo(hex);
    }

    @Test
    void readsTimingDecoderModelAndOperatingPoints() throws MalformedException {
        BitString bits = new BitString().u(3, 0).u(2, 0);
        bits.u(1, 1).u(32, 1_001).u(32, 60_000).u(1, 1).ue(1); // two ticks for each picture
        bits.u(1, 1).u(5, 9).u(32, 1).u(10, 0); // decoder model, delays of 10 bits
        bits.u(1, 1).u(5, 1);
        bits.u(12, 0x101).u(5, 13).u(1, 1).u(1, 1).u(21, 0).u(1, 1).u(4, 0);
        bits.u(12, 0x100).u(5, 4).u(1, 0).u(1, 0);
        bits.u(4, 11).u(4, 11).u(12, 3_839).u(12, 2_159).u(1, 1).u(7, 0);
        bits.u(7, 0).u(1, 0).u(1, 0).u(1, 0).u(3, 0); // no order hint, no screen content
        bits.u(1, 0).u(1, 0).u(1, 1).u(24, 0x01_0101).u(1, 0).u(2, 1);
        Av1Configuration configuration = Av1Configuration.of(bits.bytes());
        assertThat(configuration.rfc6381()).isEqualTo("av01.0.13H.08");
        assertThat(configuration.sequenceHeader())
                .extracting(
                        Av1SequenceHeader::width,
                        Av1SequenceHeader::height,
                        Av1SequenceHeader::framesPerSecond,
                        Av1SequenceHeader::chromaSamplePosition)
                .containsExactly(3_840, 2_160, OptionalDouble.of(60_000 / 2_002.0), 1);
    }

    @Test
    void mayComeWithoutASequenceHeader() throws MalformedException {
        assertThat(read("81054c00")).isEmpty();
        assertThat(read("81054c002a03010203")).isEmpty();
    }

    @Test
    void findsTheSequenceHeaderAmongOthers() throws MalformedException {
        assertThat(read("81054c00" + "2a03010203" + "0e000b" + LIBAOM.substring(12) + "2a00"))
                .isEqualTo(read(LIBAOM));
    }

    @Test
    void writesALongSequenceHeader() throws MalformedException {
        String longHeader = "0000002d4cffb3cdaf9404" + "00".repeat(189);
        Av1Configuration configuration = Av1Configuration.of(ByteString.fromHex(longHeader));
        assertThat(written(configuration)).isEqualTo("81054c000ac801" + longHeader);
        assertThat(read(written(configuration))).hasValue(configuration);
    }

    @ParameterizedTest
    @CsvSource({
        "81054c, av1C is cut off",
        "01054c000a0b0000002d4cffb3cdaf9404, av1C begins with 1",
        "81054c000a0c0000002d4cffb3cdaf9404, 'OBU of 12 bytes, where 11 are'",
        "81054c000affffffff0f00, 'OBU of 4294967295 bytes, where 1 are'",
        "81054c000affffffffffffffffff, obu_size of more than 8 bytes",
        "81054c000e, OBU header is cut off",
        "81054c000a0be000002d4cffb3cdaf9404, seq_profile is 7",
        "81054c000a0b1000002d4cffb3cdaf9404, still_picture is set",
        "81054c000a0b0000007fffffffffcdaf9404, a side of 65536 pixels"
    })
    void refusesWithTheFieldsName(String hex, String message) {
        assertThatThrownBy(() -> read(hex))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void refusesASequenceHeaderThatIsCutOff() {
        for (int bytes = 0; bytes < 10; bytes++) {
            ByteString cut = ByteString.fromHex("0000002d4cffb3cdaf9404".substring(0, 2 * bytes));
            assertThatThrownBy(() -> Av1Configuration.of(cut)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void refusesToBeVeryLong() {
        assertThatThrownBy(() -> read(LIBAOM + "00".repeat(Av1Configuration.MAX_BYTES)))
                .hasMessageContaining("av1C of");
        ByteString header = ByteString.of(new byte[Av1SequenceHeader.MAX_BYTES + 1]);
        assertThatThrownBy(() -> Av1Configuration.of(header)).hasMessageContaining("sequence header of");
    }

    private static Optional<Av1Configuration> read(String hex) throws MalformedException {
        return Av1Configuration.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private static String written(Av1Configuration configuration) {
        ByteBuf out = Unpooled.buffer();
        configuration.write(out);
        return ByteBufUtil.hexDump(out);
    }
}
