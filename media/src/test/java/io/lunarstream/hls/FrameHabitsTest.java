package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.dump.Mp4Dump;
import io.lunarstream.flv.FlvAudioReader;
import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvPacket;
import io.lunarstream.flv.FlvVideoReader;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.TrackKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How encoders wrap their pictures and sound, from the bodies of messages to both forms. The number is that of the
/// interoperability list for ingest.
class FrameHabitsTest {
    private static final String AVC_C =
            "0164001f%sE10018 6764001facd9405005bb011000003e90000ea600f1831960 010006 68ebe3cb22c0".replace(" ", "");
    private static final String AAC_CONFIGURATION = "AF00 1190";
    private static final long PICTURE_MS = 40;

    private final PackagerBench bench = new PackagerBench();
    private final FlvVideoReader video = new FlvVideoReader();
    private final FlvAudioReader audio = new FlvAudioReader();

    @AfterEach
    void givesAllMemoryBack() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource({"FFFFD8, -40", "000000, 0", "000028, 40", "FFFFFF, -1"})
    void point10TakesCompositionTimesAsSigned(String compositionTime, int ms) throws FlvException {
        sequenceHeaders("ff");
        for (int i = 0; i <= 50; i++) {
            video(i * PICTURE_MS, (i % 50 == 0 ? "17" : "27") + "01" + compositionTime + slice(i % 50 == 0, 4));
        }
        assertThat(pictures()).extracting(Mp4Dump.Found::compositionOffset).containsOnly(ms * 90);
        assertThat(bench.pesPackets(MediaKind.VIDEO))
                .allSatisfy(pes -> assertThat(pes.pts() - pes.dts()).isEqualTo(ms * 90L));
    }

    @ParameterizedTest
    @CsvSource({"fc, 1", "fd, 2", "ff, 4"})
    void point10TakesNalLengthsOf1Or2Or4Bytes(String lengthSizeByte, int lengthBytes) throws FlvException {
        sequenceHeaders(lengthSizeByte);
        for (int i = 0; i <= 50; i++) {
            picture(i, slice(i % 50 == 0, lengthBytes));
        }
        assertThat(payloads()).containsExactlyInAnyOrder("000000026588", "00000002419a");
    }

    @Test
    void point10TakesSequenceHeadersThatAreRepeatedAtEveryKeyframe() throws FlvException {
        for (int i = 0; i <= 200; i++) {
            if (i % 25 == 0) {
                sequenceHeaders("ff");
            }
            picture(i, slice(i % 25 == 0, 4));
            audio(i * PICTURE_MS, "AF01 211004");
        }
        assertThat(bench.discontinuities).isZero();
        assertThat(bench.generations).isEqualTo(1);
        assertThat(bench.durationsMs).hasSize(4).allSatisfy(ms -> assertThat(ms).isBetween(1_960, 2_040));
    }

    @Test
    void point10PassesOverEmptyNalUnitsEmptyFramesAndFramesOfType5() throws FlvException {
        sequenceHeaders("ff");
        for (int i = 0; i <= 50; i++) {
            picture(i, "00000000" + slice(i % 50 == 0, 4) + "00000000");
            video(i * PICTURE_MS, "2701000000");
            video(i * PICTURE_MS, "2701000000 00000000");
            video(i * PICTURE_MS, "57 00");
            video(i * PICTURE_MS, "");
            audio(i * PICTURE_MS, "AF01");
            audio(i * PICTURE_MS, "AF");
            audio(i * PICTURE_MS, "");
            audio(i * PICTURE_MS, "AF01 211004");
        }
        bench.packager.interrupt();
        assertThat(pictures()).hasSize(51);
        assertThat(bench.samples(MediaKind.AUDIO)).hasSize(51);
        assertThat(payloads()).containsExactlyInAnyOrder("000000026588", "00000002419a");
    }

    @Test
    void point10KeepsFillerDelimitersAndNotesInTheirPlace() throws FlvException {
        sequenceHeaders("ff");
        String notes = "00000002 09F0" + "00000004 06050080";
        String filler = "00000004 0CFFFF80";
        for (int i = 0; i <= 50; i++) {
            picture(i, notes + slice(i % 50 == 0, 4) + filler);
        }
        assertThat(payloads())
                .containsExactlyInAnyOrder(
                        "0000000209f00000000406050080000000026588000000040cffff80",
                        "0000000209f0000000040605008000000002419a000000040cffff80");
        assertThat(bench.pesPackets(MediaKind.VIDEO))
                .allSatisfy(pes -> assertThat(pes.payload().toString())
                        .startsWith("0000000109f000000001")
                        .endsWith("000000010cffff80")
                        .doesNotContain("0000000109f00000000109f0"));
    }

    private void sequenceHeaders(String lengthSizeByte) throws FlvException {
        video(0, "1700000000" + AVC_C.formatted(lengthSizeByte));
        audio(0, AAC_CONFIGURATION);
    }

    private void picture(int index, String nalUnits) throws FlvException {
        boolean keyframe = index % 25 == 0;
        video(index * PICTURE_MS, (keyframe ? "17" : "27") + "01000000" + nalUnits);
    }

    private static String slice(boolean keyframe, int lengthBytes) {
        return "00".repeat(lengthBytes - 1) + "02" + (keyframe ? "6588" : "419A");
    }

    private void video(long ms, String hex) throws FlvException {
        take(ms, video.read(body(hex)));
    }

    private void audio(long ms, String hex) throws FlvException {
        take(ms, audio.read(body(hex)));
    }

    private static ByteBuf body(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }

    private void take(long ms, FlvPacket packet) {
        switch (packet) {
            case FlvPacket.VideoConfiguration(var codec) -> bench.announce(codec);
            case FlvPacket.AudioConfiguration(var codec) -> bench.announce(codec);
            case FlvPacket.VideoFrame(boolean sync, int compositionTimeMs, ByteBuf data) ->
                bench.packager.frame(new Frame(TrackKey.VIDEO, ms, compositionTimeMs, sync, data, ms));
            case FlvPacket.AudioFrame(ByteBuf data) ->
                bench.packager.frame(new Frame(TrackKey.AUDIO, ms, 0, true, data, ms));
            case FlvPacket.Ignored _ -> {}
            case FlvPacket.FrameWithConfiguration _, FlvPacket.Multitrack _ -> throw new AssertionError(packet);
            case FlvPacket.VideoEnd _, FlvPacket.Unsupported _ -> throw new AssertionError(packet);
        }
    }

    private List<Mp4Dump.Found> pictures() {
        return bench.samples(MediaKind.VIDEO);
    }

    private Set<String> payloads() {
        return pictures().stream().map(sample -> sample.data().toString()).collect(Collectors.toSet());
    }
}
