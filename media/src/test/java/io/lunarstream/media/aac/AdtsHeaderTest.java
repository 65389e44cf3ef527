package io.lunarstream.media.aac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdtsHeaderTest {

    /// The first as FFmpeg writes it; HE-AAC with the core's rate; 7.1; the longest frame.
    @ParameterizedTest
    @CsvSource({
        "1190, 364, fff14c802e7ffc",
        "2b118800, 364, fff158802e7ffc",
        "11b8, 364, fff14dc02e7ffc",
        "1190, 8184, fff14c83fffffc"
    })
    void writesTheHeader(String config, int frameBytes, String header) throws MalformedException {
        ByteBuf out = Unpooled.buffer();
        AdtsHeader.write(out, AudioSpecificConfig.read(ByteString.fromHex(config)), frameBytes);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(header);
    }

    @Test
    void refusesAFrameThatItsLengthCannotSay() throws MalformedException {
        AudioSpecificConfig config = AudioSpecificConfig.read(ByteString.fromHex("1190"));
        assertThatThrownBy(() -> AdtsHeader.write(Unpooled.buffer(), config, AdtsHeader.MAX_FRAME_BYTES + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
