package io.lunarstream.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lunarstream.fmp4.InitSegment;
import io.lunarstream.fuzz.CountedMemory;
import io.lunarstream.fuzz.FuzzInput;
import io.lunarstream.media.aac.AudioSpecificConfig;
import io.lunarstream.media.ac3.Ac3Configuration;
import io.lunarstream.media.av1.Av1Configuration;
import io.lunarstream.media.avc.AvcDecoderConfiguration;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.lunarstream.media.flac.FlacStreamInfo;
import io.lunarstream.media.hevc.HevcDecoderConfiguration;
import io.lunarstream.media.opus.OpusConfiguration;
import io.lunarstream.media.vp9.Vp9Configuration;
import io.lunarstream.media.vp9.Vp9FrameHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;

/// Fuzzes codec configurations. The first byte of an input chooses the codec: one that is taken gives a sensible track
/// and an init segment.
class CodecConfigurationFuzzTest {
    /// Boxes and parameter sets, of which those of HEVC may have 32 KiB.
    private static final int MOST_MEMORY = 256 << 10;

    /// A vpcC has 8 bytes and stands before the first picture here.
    private static final int VPC_C_BYTES = 8;

    /// What a box can say.
    private static final int LONGEST_SIDE = 0xFFFF;

    @FuzzTest
    @Timeout(10)
    void isRefusedOrGivesATrack(byte[] bytes) {
        FuzzInput input = new FuzzInput(bytes);
        try {
            codec(input.choice(), Unpooled.wrappedBuffer(input.bytes())).ifPresent(CodecConfigurationFuzzTest::use);
        } catch (MalformedException e) {
            assertThat(e).hasMessageMatching("\\P{Cntrl}+");
        }
    }

    private static Optional<Codec> codec(int choice, ByteBuf in) throws MalformedException {
        return switch (choice % 8) {
            case 0 -> Optional.of(new Codec.H264(AvcDecoderConfiguration.read(in)));
            case 1 -> Optional.of(new Codec.Hevc(HevcDecoderConfiguration.read(in)));
            case 2 -> Av1Configuration.read(in).map(Codec.Av1::new);
            case 3 -> vp9(in);
            case 4 -> aac(in);
            case 5 -> Optional.of(new Codec.Opus(OpusConfiguration.read(in)));
            case 6 -> Optional.of(new Codec.Flac(FlacStreamInfo.read(in)));
            default -> Optional.of(new Codec.Ac3(Ac3Configuration.read(in)));
        };
    }

    /// Types that ADTS cannot carry are not supported, and so never become a track.
    private static Optional<Codec> aac(ByteBuf in) throws MalformedException {
        return Optional.of(AudioSpecificConfig.read(ByteString.copyOf(in, 0, in.writerIndex())))
                .filter(AudioSpecificConfig::fitsAdts)
                .map(Codec.Aac::new);
    }

    private static Optional<Codec> vp9(ByteBuf in) throws MalformedException {
        int bytes = Math.min(VPC_C_BYTES, in.writerIndex());
        Vp9Configuration configuration = Vp9Configuration.read(in.readSlice(bytes));
        return Vp9FrameHeader.read(in).map(header -> new Codec.Vp9(configuration, header.width(), header.height()));
    }

    private static void use(Codec codec) {
        assertThat(codec.rfc6381()).matches("[A-Za-z0-9]+([-.][A-Za-z0-9]+)*");
        Timescale timescale = switch (codec) {
            case Codec.Video video -> {
                assertThat(video.width()).isBetween(1, LONGEST_SIDE);
                assertThat(video.height()).isBetween(1, LONGEST_SIDE);
                video.framesPerSecond()
                        .ifPresent(fps -> assertThat(fps).isFinite().isPositive());
                yield Timescale.MPEG;
            }
            case Codec.Audio audio -> {
                assertThat(audio.channels()).isPositive();
                assertThat(audio.samplesPerFrame()).isPositive();
                yield new Timescale(audio.samplingFrequency());
            }
        };
        try (CountedMemory memory = new CountedMemory(MOST_MEMORY)) {
            InitSegment.write(List.of(new Track(/* id= */ 1, codec, timescale)), memory)
                    .release();
        }
    }
}
