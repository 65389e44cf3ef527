package io.lunarstream.media.flac;

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

class FlacTest {
    private static final String UNKNOWN = "0000000000000000000000000000000000000000";
    private static final String BLOCK = "12001200000000000000" + "0bb802f0" + UNKNOWN;

    /// As FFmpeg sends it at the end.
    private static final String BLOCK_OF_THE_END =
            "120012000004ec0004f1" + "0bb802f0" + "00005a00bcabd5d59448820fe278e2b0498583bf";

    @ParameterizedTest
    @ValueSource(
            strings = {
                BLOCK,
                BLOCK_OF_THE_END,
                "664c6143" + "80000022" + BLOCK,
                "664c6143" + "00000022" + BLOCK + "8400000401020304",
                "80000022" + BLOCK,
                "664c6143" + BLOCK
            })
    void readsTheBlockWithTheSignatureOrWithout(String hex) throws MalformedException {
        FlacStreamInfo streamInfo = read(hex);
        assertThat(streamInfo).isEqualTo(new FlacStreamInfo(4_608, 4_608, 48_000, 2, 16));
        ByteBuf out = Unpooled.buffer();
        streamInfo.write(out);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("80000022" + BLOCK);
    }

    @Test
    void readsAndWritesTheLargestNumbers() throws MalformedException {
        String block = "0010ffff000000000000" + "5dc00ff0" + UNKNOWN;
        FlacStreamInfo streamInfo = read(block);
        assertThat(streamInfo).isEqualTo(new FlacStreamInfo(16, 65_535, 384_000, 8, 32));
        ByteBuf out = Unpooled.buffer();
        streamInfo.write(out);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("80000022" + block);
    }

    @Test
    void refusesToBeCutOff() {
        String whole = "664c6143" + "80000022" + BLOCK;
        for (int length = 0; length < whole.length(); length += 2) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(MalformedException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0000000f000000000000" + "0bb802f0" + UNKNOWN + ", FLAC's maximum block size is 15",
        "12001200000000000000" + "000002f0" + UNKNOWN + ", FLAC's sample rate is 0",
        "12001200000000000000" + "fffff2f0" + UNKNOWN + ", FLAC's sample rate is 1048575"
    })
    void refusesWithTheFieldsName(String hex, String message) {
        assertThatThrownBy(() -> read(hex)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "fff85a8000ff, 4608, as FFmpeg writes it",
        "fff81a8000ff, 192, code 1",
        "fff82a8000ff, 576, code 2",
        "fff88a8000ff, 256, code 8",
        "fff8fa8000ff, 32768, code 15",
        "fff96a80007fff, 128, in 8 bits",
        "fff87a8000f00fff, 61456, in 16 bits",
        "fff87a80c28010ff, 4352, behind a number of two bytes",
        "fff97a80fe8080808080800fffff, 4096, behind a number of seven bytes",
        "fff87a8000f0, 0, cut off in the size of 16 bits",
        "fff86a8000, 0, cut off before the size of 8 bits",
        "fff80a8000ff, 0, reserved",
        "fff85a80, 0, cut off",
        "fffa5a8000ff, 0, another sync code",
        "'', 0, nothing"
    })
    void knowsHowLongAFrameLasts(String frame, int samples, String what) {
        assertThat(FlacFrame.samples(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(frame))))
                .as(what)
                .isEqualTo(samples);
    }

    private static FlacStreamInfo read(String hex) throws MalformedException {
        return FlacStreamInfo.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }
}
