package io.lunarstream.hls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lunarstream.dump.Clip;
import io.lunarstream.fuzz.CountedMemory;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Track;
import io.lunarstream.media.aac.AudioSpecificConfig;
import io.lunarstream.media.avc.AvcDecoderConfiguration;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;

/// Fuzzes what an encoder does, step by step: frames at any time, codec configurations, interruptions. Decode times
/// rise, segments and parts keep their bounds, all memory is given back.
///
/// ```
/// a step: what 8 | time stamp less the last one 16, signed, ms | composition time 8, signed, ms | our clock 8, 10 ms
/// what:   0 picture  1 keyframe  2 audio  3 keyframe, 2^31 ms later  4 and 5 a codec configuration  6 interruption
/// ```
class PackagerFuzzTest {
    private static final int STEP_BYTES = 5;
    private static final int KINDS_OF_STEPS = 7;
    private static final int CLOCK_MS = 10;
    private static final int MOST_MEMORY = 16 << 20;

    private static final long WIRE = 0xFFFF_FFFFL;
    private static final byte[] IDR = {0, 0, 0, 2, 0x65, (byte) 0x88};
    private static final byte[] NON_IDR = {0, 0, 0, 2, 0x41, (byte) 0x9A};
    private static final byte[] AUDIO = {0x21, 0x10, 0x04};

    private static final List<Codec> CODECS = codecs();

    @FuzzTest
    @Timeout(5)
    void keepsTheRulesWhateverAnEncoderDoes(byte[] steps) {
        PackagerRules rules = new PackagerRules();
        try (CountedMemory memory = new CountedMemory(MOST_MEMORY)) {
            try (Packager packager = new Packager(memory, Optional.empty(), rules)) {
                new Hand(packager).play(Unpooled.wrappedBuffer(steps));
            }
            rules.endGeneration();
        }
    }

    /// H.264 in two sizes, AAC at two rates, and codecs that open another generation.
    private static List<Codec> codecs() {
        try {
            AvcDecoderConfiguration avc = AvcDecoderConfiguration.read(Unpooled.wrappedBuffer(HexFormat.of()
                    .parseHex("0164001fffe100186764001facd9405005bb011000003e90000ea600f183196001000668ebe3cb22c0"
                            + "fdf8f800")));
            Codec aac = new Codec.Aac(AudioSpecificConfig.read(ByteString.fromHex("1190")));
            return Stream.concat(
                            Stream.of(new Codec.H264(avc), aac),
                            Stream.of("h264-aac.flv", "hevc-opus.flv", "av1-flac.flv")
                                    .flatMap(clip -> Clip.load(clip).tracks().stream())
                                    .map(Track::codec))
                    .toList();
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /// Does what the steps say.
    private static final class Hand {
        private final Packager packager;
        private long timestampMs;
        private long clockMs = 1_000_000_000_000L;

        Hand(Packager packager) {
            this.packager = packager;
        }

        void play(ByteBuf steps) {
            while (steps.isReadable(STEP_BYTES)) {
                int what = steps.readUnsignedByte();
                timestampMs = (timestampMs + steps.readShort()) & WIRE;
                byte offsetMs = steps.readByte();
                clockMs += CLOCK_MS * steps.readUnsignedByte();
                step(what, offsetMs);
            }
        }

        private void step(int what, int offsetMs) {
            switch (what % KINDS_OF_STEPS) {
                case 0 -> frame(MediaKind.VIDEO, offsetMs, /* sync= */ false, NON_IDR);
                case 1 -> frame(MediaKind.VIDEO, offsetMs, /* sync= */ true, IDR);
                case 2 -> frame(MediaKind.AUDIO, /* compositionTimeMs= */ 0, /* sync= */ true, AUDIO);
                case 3 -> {
                    timestampMs = (timestampMs + (1L << 31)) & WIRE;
                    frame(MediaKind.VIDEO, offsetMs, /* sync= */ true, IDR);
                }
                case 4, 5 -> packager.configuration(CODECS.get((offsetMs & 0xFF) % CODECS.size()));
                default -> packager.interrupt();
            }
        }

        private void frame(MediaKind kind, int compositionTimeMs, boolean sync, byte[] payload) {
            ByteBuf data = Unpooled.wrappedBuffer(payload);
            packager.frame(new Frame(kind, timestampMs, compositionTimeMs, sync, data, clockMs));
        }
    }
}
