package io.lunarstream.media.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusTest {
    private static final String STEREO = "4f707573486561640102380180bb0000000000";
    private static final String SURROUND = "4f707573486561640106380180bb00000000010402000401020305";

    @ParameterizedTest
    @CsvSource({
        STEREO + ", 2, 000201380000bb80000000",
        SURROUND + ", 6, 000601380000bb800000010402000401020305",
        "4f70757348656164010100003ebc0000cdff00, 1, 000100000000bc3effcd00",
        "4f707573486561640102380180bb0000000000ffff, 2, 000201380000bb80000000"
    })
    void turnsTheHeaderIntoABox(String header, int channels, String box) throws MalformedException {
        OpusConfiguration configuration = read(header);
        assertThat(configuration.channels()).isEqualTo(channels);
        ByteBuf out = Unpooled.buffer();
        configuration.write(out);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(box);
    }

    @Test
    void isStereoIfNothingIsSaid() throws MalformedException {
        assertThat(OpusConfiguration.STEREO).isEqualTo(read(STEREO));
    }

    @Test
    void refusesToBeCutOff() {
        for (String header : new String[] {STEREO, SURROUND}) {
            for (int length = 0; length < header.length(); length += 2) {
                String cut = header.substring(0, length);
                assertThatThrownBy(() -> read(cut)).hasMessage("OpusHead is cut off");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4f707573546167730102380180bb0000000000, no OpusHead",
        "4f707573486561641002380180bb0000000000, OpusHead of version 16",
        "4f707573486561640100380180bb0000000000, Opus of 0 channels in mapping family 0",
        "4f707573486561640103380180bb0000000000, Opus of 3 channels in mapping family 0"
    })
    void refusesWithTheFieldsName(String header, String message) {
        assertThatThrownBy(() -> read(header)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "fc, 960, 20 ms in one frame",
        "e0, 120, 2.5 ms",
        "e9, 480, twice 5 ms",
        "f2, 960, twice 10 ms",
        "fb06, 5760, six times 20 ms",
        "1b02, 5760, twice 60 ms",
        "00, 480, SILK 10 ms",
        "08, 960, SILK 20 ms",
        "10, 1920, SILK 40 ms",
        "18, 2880, SILK 60 ms",
        "60, 480, hybrid 10 ms",
        "68, 960, hybrid 20 ms",
        "ffc1, 960, one frame with padding and sizes",
        "'', 0, nothing",
        "ff, 0, cut off",
        "ff00, 0, no frame",
        "fb07, 0, more than 120 ms"
    })
    void knowsHowLongAPacketLasts(String packet, int samples, String what) {
        assertThat(OpusPacket.samples(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(packet))))
                .as(what)
                .isEqualTo(samples);
    }

    private static OpusConfiguration read(String hex) throws MalformedException {
        return OpusConfiguration.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }
}
