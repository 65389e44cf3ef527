package io.lunarstream.media.aac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.media.aac.AudioSpecificConfig.Extension;
import io.lunarstream.media.bytes.BitString;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioSpecificConfigTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "1190,           LC 48 kHz stereo,           2, 48000, 2, UNSAID,            48000, mp4a.40.2",
        "1208,           LC 44.1 kHz mono,           2, 44100, 1, UNSAID,            44100, mp4a.40.2",
        "120856e500,     without SBR as FFmpeg says, 2, 44100, 1, NONE,              44100, mp4a.40.2",
        "1190000000,     zeros behind it,            2, 48000, 2, UNSAID,            48000, mp4a.40.2",
        "131056e598,     SBR backward compatible,    2, 24000, 2, SBR,               48000, mp4a.40.5",
        "130856e59d4880, PS backward compatible,     2, 24000, 1, PARAMETRIC_STEREO, 48000, mp4a.40.29",
        "2b118800,       SBR hierarchical,           2, 24000, 2, SBR,               48000, mp4a.40.5",
        "eb098800,       PS hierarchical,            2, 24000, 1, PARAMETRIC_STEREO, 48000, mp4a.40.29",
        "11b0,           5.1,                        2, 48000, 6, UNSAID,            48000, mp4a.40.2",
        "11b8,           7.1,                        2, 48000, 8, UNSAID,            48000, mp4a.40.2",
        "1780558810,     explicit 43.8 kHz,          2, 43792, 2, UNSAID,            43792, mp4a.40.2",
        "0990,           Main,                       1, 48000, 2, UNSAID,            48000, mp4a.40.1"
    })
    void readsWhatEncodersWrite(
            String hex, String what, int type, int rate, int channels, Extension extension, int output, String name)
            throws MalformedException {
        AudioSpecificConfig config = AudioSpecificConfig.read(ByteString.fromHex(hex));
        assertThat(config)
                .as(what)
                .isEqualTo(new AudioSpecificConfig(
                        ByteString.fromHex(hex),
                        type,
                        rate,
                        config.channelConfiguration(),
                        channels,
                        1_024,
                        extension,
                        output));
        assertThat(config.rfc6381()).isEqualTo(name);
        assertThat(config.fitsAdts()).isTrue();
    }

    @Test
    void readsShortFrames() throws MalformedException {
        assertThat(AudioSpecificConfig.read(ByteString.fromHex("1194")).samplesPerFrame())
                .isEqualTo(960);
    }

    @Test
    void countsTheChannelsOfAProgramConfigElement() throws MalformedException {
        BitString bits = lcWithProgramConfig()
                .u(10, 0)
                .u(4, 2)
                .u(4, 0)
                .u(4, 1)
                .u(2, 1)
                .u(3, 0)
                .u(4, 0);
        bits.u(3, 0b001).u(3, 0); // a matrix mixdown
        bits.u(5, 0b00000).u(5, 0b10000).u(5, 0b10001).u(4, 0); // centre, front pair, back pair, LFE
        bits.u(4, 0).u(8, 2).u(16, 0xABCD);
        AudioSpecificConfig config = AudioSpecificConfig.read(bits.bytes());
        assertThat(config.channels()).isEqualTo(6);
        assertThat(config.channelConfiguration()).isZero();
    }

    @Test
    void readsTypesThatAdtsCannotCarry() throws MalformedException {
        BitString lowDelay =
                new BitString().u(5, 31).u(6, 39 - 32).u(4, 3).u(4, 2).u(8, 0);
        AudioSpecificConfig config = AudioSpecificConfig.read(lowDelay.bytes());
        assertThat(config.fitsAdts()).isFalse();
        assertThat(config.rfc6381()).isEqualTo("mp4a.40.39");
    }

    @ParameterizedTest
    @CsvSource({
        "1690, samplingFrequencyIndex is 13",
        "1780000090, samplingFrequency is 1",
        "17ffffff90, samplingFrequency is 16777215",
        "11c0, channelConfiguration is 8",
        "11, ends 1 bits too early"
    })
    void refusesWithTheFieldsName(String hex, String message) {
        assertThatThrownBy(() -> AudioSpecificConfig.read(ByteString.fromHex(hex)))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void refusesAProgramConfigElementWithoutChannels() {
        ByteString silent =
                lcWithProgramConfig().u(10, 0).u(21, 0).u(3, 0).u(32, 0).bytes();
        assertThatThrownBy(() -> AudioSpecificConfig.read(silent)).hasMessageContaining("without channels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2b118800", "eb098800", "1780558810"})
    void refusesToBeCutOff(String hex) {
        for (int length = 0; length < 6; length += 2) {
            ByteString cut = ByteString.fromHex(hex.substring(0, length));
            assertThatThrownBy(() -> AudioSpecificConfig.read(cut)).isInstanceOf(MalformedException.class);
        }
    }

    private static BitString lcWithProgramConfig() {
        return new BitString().u(5, 2).u(4, 3).u(4, 0).u(3, 0);
    }
}
