package io.lunarstream.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.FrameWithConfiguration;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Ignored.Why;
import io.lunarstream.flv.FlvPacket.VideoConfiguration;
import io.lunarstream.flv.FlvPacket.VideoEnd;
import io.lunarstream.flv.FlvPacket.VideoFrame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Enhanced video tags as FFmpeg 8.1 sends them, and those that the specification allows besides.
class EnhancedVideoTest {
    private static final String HVC_C = "0101600000009000000000007bf000fcfdf8f800000f03"
            + "200001001840010c01ffff01600000030090000003000003007b959409"
            + "210001002b42010101600000030090000003000003007ba003c0801107cb965654a4c2f0168080000003008000001e04"
            + "22000100064401c073c189";
    private static final String AVC_C =
            "0164001fffe100186764001facd9405005bb011000003e90000ea600f183196001000668ebe3cb22c0fdf8f800";
    private static final String AV1_C = "81054c000a0b0000002d4cffb3cdaf9404";
    private static final String VPC_C = "01000000000a820202020000";
    private static final String VP9_KEY_FRAME = "824983420009f005963824";
    private static final String VP9_INTER_FRAME = "86004092";
    private static final String HEVC_IDR = "000000032601af";
    private static final String HEVC_CRA = "000000032a01ac";
    private static final String HEVC_TRAIL = "000000030201d0";
    private static final String AV1_KEY_FRAME = "320310aabb";
    private static final String AV1_INTER_FRAME = "320330aabb";

    private final FlvVideoReader reader = new FlvVideoReader();

    @ParameterizedTest
    @CsvSource({
        "hvc1, " + HVC_C + ", hvc1.1.6.L123.90",
        "hev1, " + HVC_C + ", hvc1.1.6.L123.90",
        "avc1, " + AVC_C + ", avc1.64001f",
        "av01, " + AV1_C + ", av01.0.05M.10"
    })
    void readsTheCodecConfiguration(String fourCc, String record, String name) throws FlvException {
        FlvPacket packet = read("90" + hex(fourCc) + record);
        assertThat(((VideoConfiguration) packet).codec().rfc6381()).isEqualTo(name);
        assertThat(read("90" + hex(fourCc) + record)).isEqualTo(packet);
    }

    @Test
    void learnsTheSizeOfVp9FromKeyFrames() throws FlvException {
        assertThat(read("90" + hex("vp09") + VPC_C)).isEqualTo(new Ignored(Why.INCOMPLETE_CONFIGURATION));
        assertThat(read("a1" + hex("vp09") + VP9_INTER_FRAME)).isEqualTo(new Ignored(Why.NO_CONFIGURATION_YET));
        FrameWithConfiguration first = (FrameWithConfiguration) read("91" + hex("vp09") + VP9_KEY_FRAME);
        Codec.Vp9 codec = (Codec.Vp9) first.codec();
        assertThat(codec.width()).isEqualTo(160);
        assertThat(codec.height()).isEqualTo(90);
        assertThat(codec.rfc6381()).isEqualTo("vp09.00.10.08");
        assertFrame(first.frame(), true, 0, VP9_KEY_FRAME);
        assertFrame(read("a1" + hex("vp09") + VP9_INTER_FRAME), false, 0, VP9_INTER_FRAME);
        read("90" + hex("vp09") + VPC_C);
        assertFrame(read("91" + hex("vp09") + VP9_KEY_FRAME), true, 0, VP9_KEY_FRAME);
        String larger = VP9_KEY_FRAME.replace("09f0", "13f0");
        assertThat(((FrameWithConfiguration) read("91" + hex("vp09") + larger)).codec())
                .isEqualTo(new Codec.Vp9(codec.configuration(), 320, 90));
    }

    @Test
    void takesAnEmptyConfigurationBeforeTheRealOneAsLibaomHasIt() throws FlvException {
        assertThat(read("90" + hex("av01"))).isEqualTo(new Ignored(Why.EMPTY));
        assertThat(read("90" + hex("av01") + AV1_C)).isInstanceOf(VideoConfiguration.class);
    }

    @Test
    void learnsTheSequenceHeaderOfAv1FromKeyFramesIfItIsNotSaidBefore() throws FlvException {
        String sequenceHeader = AV1_C.substring(8);
        assertThat(read("90" + hex("av01") + "81054c00")).isEqualTo(new Ignored(Why.INCOMPLETE_CONFIGURATION));
        assertThat(read("91" + hex("av01") + AV1_KEY_FRAME)).isEqualTo(new Ignored(Why.NO_CONFIGURATION_YET));
        assertThat(read("a1" + hex("av01") + AV1_INTER_FRAME)).isEqualTo(new Ignored(Why.NO_CONFIGURATION_YET));
        FrameWithConfiguration first =
                (FrameWithConfiguration) read("91" + hex("av01") + "1200" + sequenceHeader + AV1_KEY_FRAME);
        assertThat(first.codec().rfc6381()).isEqualTo("av01.0.05M.10");
        assertFrame(first.frame(), true, 0, sequenceHeader + AV1_KEY_FRAME);
        assertFrame(read("a1" + hex("av01") + AV1_INTER_FRAME), false, 0, AV1_INTER_FRAME);
        assertThat(read("91" + hex("av01") + sequenceHeader + AV1_KEY_FRAME)).isInstanceOf(VideoFrame.class);
    }

    @ParameterizedTest
    @CsvSource({
        "91, hvc1, 000000" + HEVC_IDR + ", true, 0, " + HEVC_IDR,
        "91, hvc1, 0000c8" + HEVC_CRA + ", true, 200, " + HEVC_CRA,
        "a1, hvc1, ffffd8" + HEVC_TRAIL + ", false, -40, " + HEVC_TRAIL,
        "93, hvc1, " + HEVC_IDR + ", true, 0, " + HEVC_IDR,
        "a3, hvc1, " + HEVC_TRAIL + ", false, 0, " + HEVC_TRAIL,
        "91, hvc1, 000000" + HEVC_TRAIL + ", false, 0, " + HEVC_TRAIL,
        "a1, hvc1, 000000" + HEVC_IDR + ", false, 0, " + HEVC_IDR,
        "91, hvc1, 00000000000000" + HEVC_IDR + ", true, 0, " + HEVC_IDR,
        "91, avc1, 0000280000000265b8, true, 40, 0000000265b8",
        "a3, avc1, 0000000241b8, false, 0, 0000000241b8",
        "91, av01, 1200" + AV1_KEY_FRAME + ", true, 0, " + AV1_KEY_FRAME,
        "a1, av01, " + AV1_INTER_FRAME + ", false, 0, " + AV1_INTER_FRAME,
        "93, av01, " + AV1_KEY_FRAME + ", true, 0, " + AV1_KEY_FRAME
    })
    void readsAPicture(String firstByte, String fourCc, String payload, boolean sync, int offsetMs, String data)
            throws FlvException {
        configureAll(fourCc);
        assertFrame(read(firstByte + hex(fourCc) + payload), sync, offsetMs, data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"97020f42400168766331", "97000ff168766331", "97020f42400702000001f168766331"})
    void passesOverModifiersSuchAsNanoseconds(String header) throws FlvException {
        configureAll("hvc1");
        assertFrame(read(header + "000028" + HEVC_IDR), true, 40, HEVC_IDR);
    }

    @Test
    void passesOverAModifierOfManyBytes() throws FlvException {
        configureAll("hvc1");
        assertFrame(read("97ff012b" + "00".repeat(300) + "01" + hex("hvc1") + "000000" + HEVC_IDR), true, 0, HEVC_IDR);
    }

    /// One track, many tracks of one codec, many tracks of many codecs.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "96016876633100000000" + HEVC_IDR,
                "961168766331" + "0100000a000000000000030201d0" + "0000000a000000000000032601af" + "02000003000000",
                "9621" + "6176303105000001ff" + "687663310000000a000000000000032601af"
            })
    void findsTheDefaultTrackAmongOthers(String body) throws FlvException {
        configureAll("hvc1");
        assertFrame(of(0, read(body)), true, 0, HEVC_IDR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9621", "961168766331", "96306876"})
    void ignoresMultitrackWithoutTracks(String body) throws FlvException {
        assertThat(read(body)).isEqualTo(new Ignored(Why.UNKNOWN_PACKET_TYPE));
    }

    @Test
    void readsAFurtherTrackOfItsOwnCodec() throws FlvException {
        read("90" + hex("hvc1") + HVC_C);
        FlvPacket configuration = of(3, read("9600" + hex("avc1") + "03" + AVC_C));
        assertThat(((VideoConfiguration) configuration).codec().rfc6381()).isEqualTo("avc1.64001f");
        FlvPacket frame = of(3, read("9601" + hex("avc1") + "03" + "0000280000000265b8"));
        assertFrame(frame, true, 40, "0000000265b8");
        assertFrame(read("91" + hex("hvc1") + "000000" + HEVC_IDR), true, 0, HEVC_IDR);
    }

    @Test
    void readsManyTracksOfManyCodecsInOneBody() throws FlvException {
        read("9620" + track("hvc1", 0, HVC_C) + track("avc1", 1, AVC_C) + track("av01", 7, AV1_C));
        FlvPacket packet = read("9621" + track("hvc1", 0, "000000" + HEVC_IDR) + track("avc1", 1, "0000280000000265b8")
                + track("av01", 7, AV1_KEY_FRAME));
        assertFrame(of(0, packet), true, 0, HEVC_IDR);
        assertFrame(of(1, packet), true, 40, "0000000265b8");
        assertFrame(of(7, packet), true, 0, AV1_KEY_FRAME);
    }

    @Test
    void saysOfATrackThatItsCodecIsNotCarried() throws FlvException {
        assertThat(of(1, read("9601" + hex("vvc1") + "01" + "00")))
                .isEqualTo(new FlvPacket.Unsupported(MediaKind.VIDEO, "vvc1"));
    }

    @Test
    void readsTenTracksAndLeavesOutTheRest() throws FlvException {
        for (int track = 1; track <= 12; track++) {
            String body = "9600" + hex("avc1") + "%02x".formatted(track) + AVC_C;
            FlvPacket packet = of(track, read(body));
            if (track < TrackReaders.MOST_TRACKS) {
                assertThat(packet).isInstanceOf(VideoConfiguration.class);
            } else {
                assertThat(packet).isEqualTo(new Ignored(Why.FURTHER_TRACK));
            }
        }
        assertThat(read("90" + hex("hvc1") + HVC_C)).isInstanceOf(VideoConfiguration.class);
    }

    @ParameterizedTest
    @CsvSource({
        "94" + "68766331" + "02000963, METADATA, colours",
        "d4" + "68766331" + "02000963, COMMAND, colours with the frame type that FFmpeg gives them",
        "95" + "61763031" + "00, UNKNOWN_PACKET_TYPE, the start of a sequence as in MPEG-TS",
        "98" + "61763031" + "00, UNKNOWN_PACKET_TYPE, a reserved packet type",
        "91" + "68766331" + "000000, EMPTY, a picture without content",
        "93" + "68766331" + ", EMPTY, a picture without content or time",
        "91" + "68766331" + "00000000000000, EMPTY, only empty NAL units",
        "a1" + "76703039" + "86004092, NO_CONFIGURATION_YET, another codec than before"
    })
    void ignores(String body, Why why, String what) throws FlvException {
        configureAll("hvc1");
        assertThat(read(body)).as(what).isEqualTo(new Ignored(why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hvc1", "av01", "vp09", "avc1"})
    void ignoresPicturesBeforeTheCodecConfiguration(String fourCc) throws FlvException {
        assertThat(read("93" + hex(fourCc) + "320310aabb")).isEqualTo(new Ignored(Why.NO_CONFIGURATION_YET));
    }

    @Test
    void readsTheEnd() throws FlvException {
        assertThat(read("92" + hex("hvc1"))).isEqualTo(new VideoEnd());
    }

    @ParameterizedTest
    @CsvSource({
        "90" + "68766331" + "0101, BAD_CODEC_CONFIGURATION, cut off in the hvcC",
        "90" + "61763031" + "01, BAD_CODEC_CONFIGURATION, no av1C",
        "90" + "76703039" + "01000000, BAD_CODEC_CONFIGURATION, cut off in the vpcC",
        "91" + "68766331" + "0000, TRUNCATED, cut off in the composition time",
        "91" + "68766331" + "000000ffffffff26, TRUNCATED, a NAL unit of 4 GiB",
        "961168766331" + "00ffffff00, TRUNCATED, a track longer than the body",
        "961168766331" + "0000, TRUNCATED, cut off in a track's size",
        "97ff" + "ffff" + "00, TRUNCATED, a modifier longer than the body"
    })
    void refuses(String body, Reason reason, String what) throws FlvException {
        configureAll("hvc1");
        assertRefused(body, reason, what);
    }

    @ParameterizedTest
    @CsvSource({
        "av01, 3205aabb, an OBU longer than the body",
        "av01, 3200, a frame without a header",
        "vp09, 82498343000000000000, a key frame without its sync code",
        "vp09, 8249, a key frame that is cut off"
    })
    void refusesABrokenPicture(String fourCc, String payload, String what) throws FlvException {
        configureAll(fourCc);
        assertRefused("91" + hex(fourCc) + payload, Reason.BAD_FRAME, what);
    }

    @Test
    void neverReadsBeyondATagThatIsCutOffAnywhere() throws FlvException {
        String[] bodies = {
            "90" + hex("hvc1") + HVC_C,
            "90" + hex("av01") + AV1_C,
            "90" + hex("vp09") + VPC_C,
            "91" + hex("hvc1") + "000000" + HEVC_IDR,
            "91" + hex("av01") + "1200" + AV1_KEY_FRAME,
            "91" + hex("vp09") + VP9_KEY_FRAME,
            "97020001020168766331000000" + HEVC_IDR,
            "9621" + "6176303105000001ff" + "687663310000000a000000000000032601af"
        };
        for (String body : bodies) {
            for (int length = 0; length < body.length(); length += 2) {
                try {
                    assertThat(read(body.substring(0, length))).isNotNull();
                } catch (FlvException e) {
                    assertThat(e).hasMessageNotContaining("null");
                }
            }
        }
    }

    private void configureAll(String fourCc) throws FlvException {
        switch (fourCc) {
            case "hvc1" -> read("90" + hex("hvc1") + HVC_C);
            case "avc1" -> read("90" + hex("avc1") + AVC_C);
            case "av01" -> read("90" + hex("av01") + AV1_C);
            default -> read("90" + hex("vp09") + VPC_C);
        }
    }

    private static void assertFrame(FlvPacket packet, boolean sync, int compositionTimeMs, String data) {
        VideoFrame frame = (VideoFrame) packet;
        assertThat(frame.sync()).isEqualTo(sync);
        assertThat(frame.compositionTimeMs()).isEqualTo(compositionTimeMs);
        assertThat(ByteBufUtil.hexDump(frame.data())).isEqualTo(data);
    }

    private void assertRefused(String body, Reason reason, String what) {
        assertThatThrownBy(() -> read(body))
                .as(what)
                .isInstanceOfSatisfying(
                        FlvException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static String hex(String fourCc) {
        return HexFormat.of().formatHex(fourCc.getBytes(StandardCharsets.US_ASCII));
    }

    private static String track(String fourCc, int id, String payload) {
        return hex(fourCc) + "%02x%06x".formatted(id, payload.length() / 2) + payload;
    }

    /// What a packet says of one track; one of the default track alone is no multitrack.
    private static FlvPacket of(int trackId, FlvPacket packet) {
        return packet instanceof FlvPacket.Multitrack(List<FlvPacket.TrackPacket> packets)
                ? packets.stream()
                        .filter(found -> found.trackId() == trackId)
                        .findFirst()
                        .orElseThrow()
                        .packet()
                : packet;
    }

    private FlvPacket read(String hex) throws FlvException {
        return reader.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }
}
