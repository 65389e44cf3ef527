package io.lunarstream.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Ignored.Why;
import io.lunarstream.flv.FlvPacket.Unsupported;
import io.lunarstream.flv.FlvPacket.VideoConfiguration;
import io.lunarstream.flv.FlvPacket.VideoEnd;
import io.lunarstream.flv.FlvPacket.VideoFrame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlvVideoReaderTest {
    private static final String SPS = "6764001facd9405005bb011000003e90000ea600f1831960";
    private static final String AVC_C = "0164001fffe10018" + SPS + "01000668ebe3cb22c0fdf8f800";
    private static final String SEQUENCE_HEADER = "1700000000" + AVC_C;

    private final FlvVideoReader reader = new FlvVideoReader();

    @Test
    void readsTheCodecConfiguration() throws FlvException {
        FlvPacket packet = read(SEQUENCE_HEADER);
        assertThat(packet).isInstanceOf(VideoConfiguration.class);
        assertThat(((VideoConfiguration) packet).codec().rfc6381()).isEqualTo("avc1.64001f");
        assertThat(read(SEQUENCE_HEADER)).isEqualTo(packet);
    }

    @Test
    void saysLengthsOf4BytesWhateverTheEncoderHas() throws FlvException {
        FlvPacket packet = read(SEQUENCE_HEADER.replace("1fff", "1ffd"));
        Codec.H264 codec = (Codec.H264) ((VideoConfiguration) packet).codec();
        assertThat(codec.configuration().nalLengthBytes()).isEqualTo(4);
    }

    @Test
    void passesPayloadOnWithoutACopy() throws FlvException {
        configure("ff");
        ByteBuf body = buffer("170100000000000002658800000002060a");
        ByteBuf data = ((VideoFrame) reader.read(body)).data();
        body.setByte(9, 0x25);
        assertThat(ByteBufUtil.hexDump(data)).isEqualTo("00000002258800000002060a");
        assertThat(body.readerIndex()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "fc, 02658802060a",
        "fd, 000265880002060a",
        "ff, 00000002658800000002060a",
        "fc, 0002658802060a00",
        "fd, 0002658800000002060a",
        "ff, 00000000000000026588000000000000000000000002060a"
    })
    void bringsNalUnitsIntoOneForm(String lengthSizeByte, String payload) throws FlvException {
        configure(lengthSizeByte);
        VideoFrame frame = (VideoFrame) read("1701000000" + payload);
        assertThat(ByteBufUtil.hexDump(frame.data())).isEqualTo("00000002658800000002060a");
        assertThat(frame.sync()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "17, 0000000165, true, a key frame with an IDR slice",
        "17, 0000000161, false, a key frame without",
        "27, 0000000165, false, an IDR slice that is no key frame",
        "27, 0000000161, false, neither",
        "17, 00000001060000000165, true, an IDR slice behind SEI"
    })
    void isSyncOnlyIfMarkedAndTrue(String firstByte, String payload, boolean sync, String what) throws FlvException {
        configure("ff");
        assertThat(((VideoFrame) read(firstByte + "01000000" + payload)).sync())
                .as(what)
                .isEqualTo(sync);
    }

    @ParameterizedTest
    @CsvSource({"000000, 0", "000042, 66", "7fffff, 8388607", "ffffff, -1", "800000, -8388608"})
    void readsCompositionTimeAsSigned(String bytes, int ms) throws FlvException {
        configure("ff");
        assertThat(((VideoFrame) read("1701" + bytes + "0000000165")).compositionTimeMs())
                .isEqualTo(ms);
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY, no body",
        "17, EMPTY, nothing behind the first byte",
        "1700000000, EMPTY, a sequence header without content",
        "1701000000, EMPTY, a picture without content",
        "17010000000000000000000000, EMPTY, only empty NAL units",
        "57, COMMAND, frame type 5",
        "5700, COMMAND, a seek command",
        "d0, COMMAND, a command in enhanced form",
        "1703000000ff, UNKNOWN_PACKET_TYPE, packet type 3",
        "9468766331ff, METADATA, enhanced metadata"
    })
    void ignores(String body, Why why, String what) throws FlvException {
        configure("ff");
        assertThat(read(body)).as(what).isEqualTo(new Ignored(why));
    }

    @Test
    void ignoresPicturesBeforeTheCodecConfiguration() throws FlvException {
        assertThat(read("17010000000000000165")).isEqualTo(new Ignored(Why.NO_CONFIGURATION_YET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1702000000", "1702"})
    void readsTheEnd(String body) throws FlvException {
        assertThat(read(body)).isEqualTo(new VideoEnd());
    }

    @ParameterizedTest
    @CsvSource({
        "12, Sorenson H.263",
        "14, VP6",
        "1c, HEVC as codec id 12",
        "1f, video codec id 15",
        "9076766331, vvc1",
        "9176703038000000, vp08",
        "9168001331, h..1",
        "96007676633100, vvc1",
        "97020000000076766331, vvc1"
    })
    void namesWhatIsNotSupported(String body, String codec) throws FlvException {
        assertThat(read(body)).isEqualTo(new Unsupported(MediaKind.VIDEO, codec));
    }

    @ParameterizedTest
    @CsvSource({
        "170100, TRUNCATED, cut off in the composition time",
        "1701000000000000, TRUNCATED, cut off in a length",
        "1701000000000000036588, TRUNCATED, a NAL unit longer than the body",
        "1701000000ffffffff65, TRUNCATED, a length of 4 GiB",
        "90687663, TRUNCATED, cut off in the FourCC",
        "97ff000100, TRUNCATED, cut off in a ModEx of 258 bytes",
        "17000000000164, BAD_CODEC_CONFIGURATION, cut off in the avcC",
        "170000000002, BAD_CODEC_CONFIGURATION, an avcC of another version"
    })
    void refuses(String body, Reason reason, String what) throws FlvException {
        configure("ff");
        assertRefused(body, reason);
    }

    @Test
    void refusesMoreNalUnitsThanAPictureCanHave() throws FlvException {
        configure("fc");
        assertRefused("1701000000" + "0165".repeat(NalUnitNormaliser.MAX_NAL_UNITS + 1), Reason.TOO_LARGE);
    }

    @Test
    void survivesEverySequenceHeaderThatIsCutOffOrFlipped() {
        byte[] good = ByteBufUtil.decodeHexDump(SEQUENCE_HEADER);
        for (int length = 0; length <= good.length; length++) {
            readOrRefuse(Unpooled.wrappedBuffer(good, 0, length));
        }
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            readOrRefuse(Unpooled.wrappedBuffer(bad));
        }
    }

    /// Anything but a packet or an [FlvException] fails the test.
    private void readOrRefuse(ByteBuf body) {
        try {
            assertThat(reader.read(body)).isNotNull();
        } catch (FlvException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    private void assertRefused(String body, Reason reason) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        FlvException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private void configure(String lengthSizeByte) throws FlvException {
        read(SEQUENCE_HEADER.replace("1fff", "1f" + lengthSizeByte));
    }

    private FlvPacket read(String hex) throws FlvException {
        return reader.read(buffer(hex));
    }

    private static ByteBuf buffer(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
