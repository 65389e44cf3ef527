package io.lunarstream.hls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lunarstream.dump.Clip;
import io.lunarstream.fuzz.CountedMemory;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.TrackKey;
import io.lunarstream.media.aac.AudioSpecificConfig;
import io.lunarstream.media.avc.AvcDecoderConfiguration;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;

/// Fuzzes what an encoder does, step by step: frames at any time, codec configurations, interruptions. Decode times
/// rise, segments and parts keep their bounds, all memory is given back.
///
/// ```
/// a step: what 8 | time stamp less the last one 16, signed, ms | composition time 8, signed, ms | our clock 8, 10 ms
/// what:   0 picture  1 keyframe  2 audio  3 keyframe, 2^31 ms later  4 and 5 a codec configuration  6 interruption
///         7 picture  8 keyframe  9 audio  10 a codec configuration: of another track beside the default one
/// ```
class PackagerFuzzTest {
    private static final int STEP_BYTES = 5;
    private static final int KINDS_OF_STEPS = 11;

    private static final TrackKey FURTHER_VIDEO = new TrackKey(MediaKind.VIDEO, 1);
    private static final TrackKey FURTHER_AUDIO = new TrackKey(MediaKind.AUDIO, 1);

    private static final int CLOCK_MS = 10;
    private static final int MOST_MEMORY = 16 << 20;

    private static final long WIRE = 0xFFFF_FFFFL;
    private static final ByteString IDR = ByteString.fromHex("000000026588");
    private static final ByteString NON_IDR = ByteString.fromHex("00000002419a");
    private static final ByteString AAC_FRAME = ByteString.fromHex("211004");

    /// A codec, and a frame of it if it is audio.
    private record Medium(Codec codec, ByteString frame) {}

    private static final List<Medium> MEDIA = media();

    @FuzzTest
    @Timeout(10)
    void keepsTheRulesWhateverAnEncoderDoes(byte[] steps) {
        keepsTheRules(steps, Optional.empty());
        keepsTheRules(steps, Optional.of(Duration.ofSeconds(2)));
    }

    private static void keepsTheRules(byte[] steps, Optional<Duration> keyframeInterval) {
        PackagerRules rules = new PackagerRules();
        try (CountedMemory memory = new CountedMemory(MOST_MEMORY)) {
            try (Packager packager = new Packager(memory, keyframeInterval, rules)) {
                new Hand(packager).play(Unpooled.wrappedBuffer(steps));
            }
            rules.endGeneration();
        }
    }

    /// H.264 in two sizes, AAC at two rates, and codecs that open another generation.
    private static List<Medium> media() {
        try {
            AvcDecoderConfiguration avc = AvcDecoderConfiguration.read(Unpooled.wrappedBuffer(HexFormat.of()
                    .parseHex("0164001fffe100186764001facd9405005bb011000003e90000ea600f183196001000668ebe3cb22c0"
                            + "fdf8f800")));
            Codec aac = new Codec.Aac(AudioSpecificConfig.read(ByteString.fromHex("1190")));
            Stream<Medium> recorded = Stream.of("h264-aac.flv", "hevc-opus.flv", "av1-flac.flv")
                    .flatMap(clip -> recorded(Clip.load(clip)));
            return Stream.concat(
                            Stream.of(new Medium(new Codec.H264(avc), AAC_FRAME), new Medium(aac, AAC_FRAME)), recorded)
                    .toList();
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /// The tracks of a clip, with the first frame of each.
    private static Stream<Medium> recorded(Clip clip) {
        return clip.tracks().stream().map(track -> {
            ByteBuf frame = clip.samples().stream()
                    .filter(timed -> timed.track().equals(track))
                    .findFirst()
                    .orElseThrow()
                    .sample()
                    .data();
            return new Medium(track.codec(), ByteString.copyOf(frame, 0, frame.readableBytes()));
        });
    }

    /// Does what the steps say.
    private static final class Hand {
        private final Packager packager;
        private final Map<TrackKey, ByteString> audioFrames = new HashMap<>();
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
                case 0 -> frame(TrackKey.VIDEO, offsetMs, /* sync= */ false, NON_IDR);
                case 1 -> frame(TrackKey.VIDEO, offsetMs, /* sync= */ true, IDR);
                case 2 -> audio(TrackKey.AUDIO);
                case 3 -> {
                    timestampMs = (timestampMs + (1L << 31)) & WIRE;
                    frame(TrackKey.VIDEO, offsetMs, /* sync= */ true, IDR);
                }
                case 4, 5 -> configuration(0, MEDIA.get((offsetMs & 0xFF) % MEDIA.size()));
                case 6 -> packager.interrupt();
                case 7 -> frame(FURTHER_VIDEO, offsetMs, /* sync= */ false, NON_IDR);
                case 8 -> frame(FURTHER_VIDEO, offsetMs, /* sync= */ true, IDR);
                case 9 -> audio(FURTHER_AUDIO);
                default -> configuration(1, MEDIA.get((offsetMs & 0xFF) % MEDIA.size()));
            }
        }

        private void configuration(int trackNumber, Medium medium) {
            TrackKey track = new TrackKey(medium.codec().kind(), trackNumber);
            audioFrames.put(track, medium.frame());
            packager.configuration(track, medium.codec());
        }

        private void audio(TrackKey track) {
            ByteString frame = audioFrames.getOrDefault(track, AAC_FRAME);
            frame(track, /* compositionTimeMs= */ 0, /* sync= */ true, frame);
        }

        private void frame(TrackKey track, int compositionTimeMs, boolean sync, ByteString payload) {
            ByteBuf data = Unpooled.buffer(payload.size());
            payload.writeTo(data);
            packager.frame(new Frame(track, timestampMs, compositionTimeMs, sync, data, clockMs));
        }
    }
}
