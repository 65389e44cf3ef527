package io.lunarstream.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.AudioConfiguration;
import io.lunarstream.flv.FlvPacket.AudioFrame;
import io.lunarstream.flv.FlvPacket.FrameWithConfiguration;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Ignored.Why;
import io.lunarstream.media.Codec;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Enhanced audio tags as FFmpeg 8.1 sends them, and those that the specification allows besides.
class EnhancedAudioTest {
    private static final String OPUS_HEAD = "4f707573486561640102380180bb0000000000";
    private static final String STREAMINFO = "12001200000000000000" + "0bb802f0" + "00".repeat(20);
    private static final String AC3_FRAME = "0b7738900c4043e106f0";
    private static final String FLAC_FRAME = "fff85a8800374e";

    private final FlvAudioReader reader = new FlvAudioReader();

    @ParameterizedTest
    @CsvSource({
        "Opus, " + OPUS_HEAD + ", Opus, opus, 48000, 2",
        "Opus, '', Opus, opus, 48000, 2",
        "mp4a, 1190, mp4a.40.2, aac, 48000, 2"
    })
    void readsTheCodecConfiguration(String fourCc, String record, String name, String word, int rate, int channels)
            throws FlvException {
        FlvPacket packet = read("90" + hex(fourCc) + record);
        Codec.Audio codec = (Codec.Audio) ((AudioConfiguration) packet).codec();
        assertThat(codec.rfc6381()).isEqualTo(name);
        assertThat(codec.word()).isEqualTo(word);
        assertThat(codec.samplingFrequency()).isEqualTo(rate);
        assertThat(codec.channels()).isEqualTo(channels);
        assertThat(read("90" + hex(fourCc) + record)).isEqualTo(packet);
    }

    @Test
    void readsTheCodecConfigurationOfFlacAndIsNotDisturbedByTheOneAtTheEnd() throws FlvException {
        FlvPacket packet = read("90" + hex("fLaC") + STREAMINFO);
        assertThat(((AudioConfiguration) packet).codec().rfc6381()).isEqualTo("fLaC");
        String atTheEnd = "120012000004ec0004f1" + "0bb802f0" + "00005a00bcabd5d59448820fe278e2b0498583bf";
        assertThat(read("90" + hex("fLaC") + atTheEnd)).isEqualTo(packet);
    }

    @Test
    void learnsAllOfAc3FromItsFrames() throws FlvException {
        assertThat(read("90" + hex("ac-3"))).isEqualTo(new Ignored(Why.INCOMPLETE_CONFIGURATION));
        FrameWithConfiguration first = (FrameWithConfiguration) read("91" + hex("ac-3") + AC3_FRAME);
        assertThat(first.codec().rfc6381()).isEqualTo("ac-3");
        assertFrame(first.frame(), AC3_FRAME);
        assertFrame(read("91" + hex("ac-3") + AC3_FRAME), AC3_FRAME);
        assertThat(read("91" + hex("ac-3") + AC3_FRAME.replace("4043", "40e3")))
                .isInstanceOf(FrameWithConfiguration.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Opus, " + OPUS_HEAD + ", fcb4065a, 960",
        "fLaC, 12001200000000000000" + "0bb802f0" + "0000000000000000000000000000000000000000, " + FLAC_FRAME
                + ", 4608",
        "mp4a, 1190, 2110, 1024"
    })
    void readsAFrameAndKnowsHowLongItLasts(String fourCc, String record, String payload, int samples)
            throws FlvException {
        Codec.Audio codec = (Codec.Audio) ((AudioConfiguration) read("90" + hex(fourCc) + record)).codec();
        AudioFrame frame = (AudioFrame) read("91" + hex(fourCc) + payload);
        assertFrame(frame, payload);
        assertThat(codec.samples(frame.data())).isEqualTo(samples);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9702000102014f707573", "95014f70757300", "95114f707573010000010000000004"})
    void passesOverModifiersAndFindsTheDefaultTrack(String header) throws FlvException {
        read("90" + hex("Opus") + OPUS_HEAD);
        FlvPacket packet = read(header + "fcb4065a");
        if (packet instanceof FlvPacket.Multitrack(List<FlvPacket.TrackPacket> packets)) {
            assertThat(packets).extracting(FlvPacket.TrackPacket::trackId).containsExactly(1, 0);
            packet = packets.getLast().packet();
        }
        assertFrame(packet, "fcb4065a");
    }

    @Test
    void readsAFurtherTrackOfItsOwnCodec() throws FlvException {
        read("90" + hex("Opus") + OPUS_HEAD);
        assertFurtherTrack("9500" + hex("mp4a") + "01" + "1190", AudioConfiguration.class);
        assertFurtherTrack("9501" + hex("mp4a") + "01" + "2110", AudioFrame.class);
        assertFurtherTrack("9501" + hex("Opus") + "02" + "fcb4065a", Ignored.class);
        assertFrame(read("91" + hex("Opus") + "fcb4065a"), "fcb4065a");
    }

    @ParameterizedTest
    @CsvSource({
        "94" + "4f707573" + "010200000003, METADATA, which channel is where",
        "92" + "4f707573" + ", END_OF_AUDIO, the end",
        "91" + "4f707573" + ", EMPTY, a frame without content",
        "93" + "4f707573" + "fc, UNKNOWN_PACKET_TYPE, frames without composition time",
        "98" + "4f707573" + "fc, UNKNOWN_PACKET_TYPE, a reserved packet type",
        "95314f70757301fc, UNKNOWN_PACKET_TYPE, a kind of multitrack that is not specified",
        "91" + "664c6143" + FLAC_FRAME + ", NO_CONFIGURATION_YET, another codec than before",
        "90" + "6d703461" + ", EMPTY, a configuration of AAC without content"
    })
    void ignores(String body, Why why, String what) throws FlvException {
        read("90" + hex("Opus") + OPUS_HEAD);
        assertThat(read(body)).as(what).isEqualTo(new Ignored(why));
    }

    @ParameterizedTest
    @CsvSource({
        "90" + "4f707573" + "00, BAD_CODEC_CONFIGURATION, no OpusHead",
        "90" + "664c6143" + "00, BAD_CODEC_CONFIGURATION, no STREAMINFO",
        "91" + "4f707573" + "ff00, BAD_FRAME, an Opus packet without frames",
        "91" + "61632d33" + "0b77, BAD_FRAME, an AC-3 frame that is cut off",
        "904f70, TRUNCATED, cut off in the FourCC",
        "95114f70757300ffffff00, TRUNCATED, a track longer than the body",
        "95114f707573" + "01000001fc" + "01000001fc, BAD_MULTITRACK, the same track twice"
    })
    void refuses(String body, Reason reason, String what) throws FlvException {
        read("90" + hex("Opus") + OPUS_HEAD);
        assertRefused(body, reason, what);
    }

    @Test
    void refusesAFlacFrameWithoutAHeader() throws FlvException {
        read("90" + hex("fLaC") + STREAMINFO);
        assertRefused("91" + hex("fLaC") + "00f85a8800", Reason.BAD_FRAME, "no sync code");
    }

    private void assertFurtherTrack(String body, Class<? extends FlvPacket> packet) throws FlvException {
        List<FlvPacket.TrackPacket> packets = ((FlvPacket.Multitrack) read(body)).packets();
        assertThat(packets).singleElement().satisfies(track -> {
            assertThat(track.trackId()).isPositive();
            assertThat(track.packet()).isInstanceOf(packet);
        });
    }

    private void assertRefused(String body, Reason reason, String what) {
        assertThatThrownBy(() -> read(body))
                .as(what)
                .isInstanceOfSatisfying(
                        FlvException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static void assertFrame(FlvPacket packet, String data) {
        assertThat(ByteBufUtil.hexDump(((AudioFrame) packet).data())).isEqualTo(data);
    }

    private static String hex(String fourCc) {
        return HexFormat.of().formatHex(fourCc.getBytes(StandardCharsets.US_ASCII));
    }

    private FlvPacket read(String hex) throws FlvException {
        return reader.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }
}
