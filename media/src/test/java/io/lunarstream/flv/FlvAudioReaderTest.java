package io.lunarstream.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.AudioConfiguration;
import io.lunarstream.flv.FlvPacket.AudioFrame;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Ignored.Why;
import io.lunarstream.flv.FlvPacket.Unsupported;
import io.lunarstream.media.MediaKind;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlvAudioReaderTest {
    private static final String SEQUENCE_HEADER = "af001190";

    private final FlvAudioReader reader = new FlvAudioReader();

    @Test
    void readsTheCodecConfiguration() throws FlvException {
        FlvPacket packet = read(SEQUENCE_HEADER);
        assertThat(((AudioConfiguration) packet).codec().rfc6381()).isEqualTo("mp4a.40.2");
        assertThat(read(SEQUENCE_HEADER)).isEqualTo(packet);
        assertThat(read("af001210")).isNotEqualTo(packet);
    }

    @Test
    void readsAFrame() throws FlvException {
        read(SEQUENCE_HEADER);
        assertThat(ByteBufUtil.hexDump(((AudioFrame) read("af012110")).data())).isEqualTo("2110");
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY, no body",
        "af, EMPTY, nothing behind the first byte",
        "af00, EMPTY, a sequence header without content",
        "af01, EMPTY, a frame without content",
        "af02ff, UNKNOWN_PACKET_TYPE, packet type 2"
    })
    void ignores(String body, Why why, String what) throws FlvException {
        read(SEQUENCE_HEADER);
        assertThat(read(body)).as(what).isEqualTo(new Ignored(why));
    }

    @Test
    void ignoresFramesBeforeTheCodecConfiguration() throws FlvException {
        assertThat(read("af012110")).isEqualTo(new Ignored(Why.NO_CONFIGURATION_YET));
    }

    @ParameterizedTest
    @CsvSource({
        "2f00, MP3",
        "3f00, PCM",
        "7200, G.711 A-law",
        "b200, Speex",
        "ff00, audio codec id 15",
        "902e6d7033, .mp3",
        "9165632d33ff, ec-3",
        "950065632d3300, ec-3",
        "af00f8e64000, AAC object type 39"
    })
    void namesWhatIsNotSupported(String body, String codec) throws FlvException {
        assertThat(read(body)).isEqualTo(new Unsupported(MediaKind.AUDIO, codec));
    }

    @ParameterizedTest
    @CsvSource({"af0011, BAD_CODEC_CONFIGURATION", "af001690, BAD_CODEC_CONFIGURATION", "904f70, TRUNCATED"})
    void refuses(String body, Reason reason) {
        assertRefused(body, reason);
    }

    @Test
    void refusesWhatIsTooLarge() throws FlvException {
        assertRefused("af00" + "00".repeat(513), Reason.TOO_LARGE);
        read(SEQUENCE_HEADER);
        assertRefused("af01" + "00".repeat(8_185), Reason.TOO_LARGE);
    }

    @Test
    void survivesEverySequenceHeaderOfTwoBytes() {
        for (int config = 0; config < 1 << 16; config++) {
            String body = "af00%04x".formatted(config);
            try {
                assertThat(read(body)).isNotNull();
            } catch (FlvException e) {
                assertThat(e.reason()).isEqualTo(Reason.BAD_CODEC_CONFIGURATION);
            }
        }
    }

    private void assertRefused(String body, Reason reason) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        FlvException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private FlvPacket read(String hex) throws FlvException {
        return reader.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }
}
