package io.lunarstream.media.ac3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ac3ConfigurationTest {
    private static final String STEREO = "0b7738900c4043e1";

    /// As FFmpeg writes them; rates and channels are those that it was told.
    @ParameterizedTest
    @CsvSource({
        STEREO + ", 48000, 2, 1010c0",
        "0b776ac348402f84, 44100, 1, 500880",
        "0b772a2e49402f84, 44100, 1, 500880",
        "0b77654988402f84, 32000, 1, 900880",
        "0b7794121c40ebf8, 48000, 6, 103dc0"
    })
    void readsWhatEncodersWrite(String frame, int rate, int channels, String box) throws MalformedException {
        Ac3Configuration configuration = read(frame + "ffff");
        assertThat(configuration.samplingFrequency()).isEqualTo(rate);
        assertThat(configuration.channels()).isEqualTo(channels);
        ByteBuf out = Unpooled.buffer();
        configuration.write(out);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(box);
    }

    @Test
    void refusesToBeCutOff() {
        for (int length = 0; length < STEREO.length(); length += 2) {
            String cut = STEREO.substring(0, length);
            assertThatThrownBy(() -> read(cut)).hasMessage("AC-3 frame is cut off");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0b7638900c4043e1, AC-3 frame without syncword",
        "0b773890cc4043e1, 'AC-3 of bsid 8, fscod 3, bit rate 6'",
        "0b773890264043e1, 'AC-3 of bsid 8, fscod 0, bit rate 19'",
        "0b7700bf3487c000, 'AC-3 of bsid 16, fscod 0, bit rate 26'"
    })
    void refusesWithTheFieldsName(String frame, String message) {
        assertThatThrownBy(() -> read(frame)).hasMessage(message);
    }

    private static Ac3Configuration read(String hex) throws MalformedException {
        return Ac3Configuration.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }
}
