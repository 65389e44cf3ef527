package io.lunarstream.flv;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.flv.FlvPacket.FrameWithConfiguration;
import io.lunarstream.flv.FlvPacket.VideoConfiguration;
import io.lunarstream.flv.FlvPacket.VideoFrame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.avc.AvcDecoderConfiguration;
import io.lunarstream.media.avc.Sps;
import io.lunarstream.media.bytes.ByteString;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Encoders that change the picture within the stream, without another sequence header.
class InBandParameterSetsTest {
    /// 1280x720.
    private static final String SPS = "6764001facd9405005bb011000003e90000ea600f1831960";

    private static final String PPS = "68ebe3cb22c0";

    /// 96x64, with the same id.
    private static final String OTHER_SPS = "6764000aacd94626c044000003000400000300c83c489658";

    private static final String OTHER_SPS_WITH_ID_1 = "6764000a4b365189b011000003000100000300320f122596";
    private static final String OTHER_PPS = "68ebe0412c8b";
    private static final String SEQUENCE_HEADER = "1700000000" + "0164001fffe10018" + SPS + "010006" + PPS;

    private final FlvVideoReader reader = new FlvVideoReader();

    @BeforeEach
    void configure() throws FlvException {
        assertThat(read(SEQUENCE_HEADER)).isInstanceOf(VideoConfiguration.class);
    }

    @Test
    void takesParameterSetsThatAreRepeatedForNoChange() throws FlvException {
        assertThat(keyframe(SPS, PPS)).isInstanceOf(VideoFrame.class);
    }

    @Test
    void takesAnSpsOfAnotherSizeForAnotherConfiguration() throws FlvException {
        FrameWithConfiguration changed = (FrameWithConfiguration) keyframe(OTHER_SPS, OTHER_PPS);
        AvcDecoderConfiguration now = ((Codec.H264) changed.codec()).configuration();
        assertThat(now.sps().nalUnit()).isEqualTo(ByteString.fromHex(OTHER_SPS));
        assertThat(now.spsList()).hasSize(1);
        assertThat(now.ppsList()).containsExactly(ByteString.fromHex(OTHER_PPS));
        assertThat(changed.frame())
                .isInstanceOfSatisfying(
                        VideoFrame.class, frame -> assertThat(frame.sync()).isTrue());
        assertThat(keyframe(OTHER_SPS, OTHER_PPS)).isInstanceOf(VideoFrame.class);
    }

    @Test
    void staysWithItWhenTheOldSequenceHeaderIsRepeated() throws FlvException {
        FrameWithConfiguration changed = (FrameWithConfiguration) keyframe(OTHER_SPS, OTHER_PPS);
        assertThat(read(SEQUENCE_HEADER)).isEqualTo(new VideoConfiguration(changed.codec()));
        assertThat(keyframe(OTHER_SPS, OTHER_PPS)).isInstanceOf(VideoFrame.class);
    }

    @Test
    void takesAnotherPpsAloneForNoChange() throws FlvException {
        assertThat(keyframe(SPS, OTHER_PPS)).isInstanceOf(VideoFrame.class);
    }

    @Test
    void keepsSeveralSpsWithTheNewestFirst() throws FlvException {
        FrameWithConfiguration changed = (FrameWithConfiguration) keyframe(OTHER_SPS_WITH_ID_1, OTHER_PPS);
        AvcDecoderConfiguration now = ((Codec.H264) changed.codec()).configuration();
        assertThat(now.spsList())
                .extracting(Sps::nalUnit)
                .containsExactly(ByteString.fromHex(OTHER_SPS_WITH_ID_1), ByteString.fromHex(SPS));
    }

    @Test
    void passesOnWhatItCannotRead() throws FlvException {
        assertThat(keyframe("67640000", "68")).isInstanceOf(VideoFrame.class);
    }

    @Test
    void looksAtKeyframesOnly() throws FlvException {
        assertThat(read("2701000000" + nalUnit(OTHER_SPS) + nalUnit("419a"))).isInstanceOf(VideoFrame.class);
    }

    private FlvPacket keyframe(String sps, String pps) throws FlvException {
        return read("1701000000" + nalUnit("09f0") + nalUnit(sps) + nalUnit(pps) + nalUnit("6588"));
    }

    private static String nalUnit(String hex) {
        return String.format("%08x", hex.length() / 2) + hex;
    }

    private FlvPacket read(String hex) throws FlvException {
        return reader.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }
}
