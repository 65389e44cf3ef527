package io.lunarstream.media;

import io.lunarstream.media.aac.AudioSpecificConfig;
import io.lunarstream.media.ac3.Ac3Configuration;
import io.lunarstream.media.av1.Av1Configuration;
import io.lunarstream.media.avc.AvcDecoderConfiguration;
import io.lunarstream.media.flac.FlacFrame;
import io.lunarstream.media.flac.FlacStreamInfo;
import io.lunarstream.media.hevc.HevcDecoderConfiguration;
import io.lunarstream.media.opus.OpusConfiguration;
import io.lunarstream.media.opus.OpusPacket;
import io.lunarstream.media.vp9.Vp9Configuration;
import io.netty.buffer.ByteBuf;
import java.util.OptionalDouble;

/// How a track's samples are coded, with the codec configuration that a decoder needs before the first of them.
///
/// Two codecs are equal when their configurations are: a repeated sequence header is no change.
public sealed interface Codec {

    /// Which kind of media this codec codes.
    MediaKind kind();

    /// The codec's word in the API, such as `h264`.
    String word();

    /// The name for `CODECS`, such as `avc1.64001f` or `mp4a.40.2`. Source: RFC 6381, section 3.3.
    String rfc6381();

    /// A codec of pictures.
    sealed interface Video extends Codec {
        @Override
        default MediaKind kind() {
            return MediaKind.VIDEO;
        }

        /// Width of the picture to show, in pixels.
        int width();

        /// Height of the picture to show, in pixels.
        int height();

        /// Pictures per second, if the codec configuration says so; an encoder's promise, not a measurement.
        OptionalDouble framesPerSecond();
    }

    /// A codec of sound.
    sealed interface Audio extends Codec {
        @Override
        default MediaKind kind() {
            return MediaKind.AUDIO;
        }

        /// Samples per second, which the track's time is counted in.
        int samplingFrequency();

        /// How many channels there are.
        int channels();

        /// How many samples a frame has, usually.
        int samplesPerFrame();

        /// How many samples this frame has; 0 if it is broken.
        int samples(ByteBuf frame);
    }

    /// H.264. A sample is an access unit as length-prefixed NAL units, lengths of 4 bytes.
    ///
    /// @param configuration the stream's parameter sets
    record H264(AvcDecoderConfiguration configuration) implements Video {
        @Override
        public String word() {
            return "h264";
        }

        @Override
        public String rfc6381() {
            return configuration.rfc6381();
        }

        @Override
        public int width() {
            return configuration.sps().width();
        }

        @Override
        public int height() {
            return configuration.sps().height();
        }

        @Override
        public OptionalDouble framesPerSecond() {
            return configuration.sps().framesPerSecond();
        }
    }

    /// HEVC. A sample is an access unit as length-prefixed NAL units, lengths of 4 bytes.
    ///
    /// @param configuration the stream's parameter sets
    record Hevc(HevcDecoderConfiguration configuration) implements Video {
        @Override
        public String word() {
            return "hevc";
        }

        @Override
        public String rfc6381() {
            return configuration.rfc6381();
        }

        @Override
        public int width() {
            return configuration.sps().width();
        }

        @Override
        public int height() {
            return configuration.sps().height();
        }

        @Override
        public OptionalDouble framesPerSecond() {
            return configuration.sps().framesPerSecond();
        }
    }

    /// AV1. A sample is a temporal unit without its delimiter.
    ///
    /// @param configuration the stream's sequence header
    record Av1(Av1Configuration configuration) implements Video {
        @Override
        public String word() {
            return "av1";
        }

        @Override
        public String rfc6381() {
            return configuration.rfc6381();
        }

        @Override
        public int width() {
            return configuration.sequenceHeader().width();
        }

        @Override
        public int height() {
            return configuration.sequenceHeader().height();
        }

        @Override
        public OptionalDouble framesPerSecond() {
            return configuration.sequenceHeader().framesPerSecond();
        }
    }

    /// VP9. A sample is a frame or a superframe.
    ///
    /// @param configuration profile, level, colours
    /// @param width as the last key frame said
    /// @param height as the last key frame said
    record Vp9(Vp9Configuration configuration, int width, int height) implements Video {
        @Override
        public String word() {
            return "vp9";
        }

        @Override
        public String rfc6381() {
            return configuration.rfc6381();
        }

        @Override
        public OptionalDouble framesPerSecond() {
            return OptionalDouble.empty();
        }
    }

    /// AAC. A sample is one raw frame without an ADTS header.
    ///
    /// @param configuration object type, sampling rate, channels
    record Aac(AudioSpecificConfig configuration) implements Audio {
        @Override
        public String word() {
            return "aac";
        }

        @Override
        public String rfc6381() {
            return configuration.rfc6381();
        }

        @Override
        public int samplingFrequency() {
            return configuration.samplingFrequency();
        }

        @Override
        public int channels() {
            return configuration.channels();
        }

        @Override
        public int samplesPerFrame() {
            return configuration.samplesPerFrame();
        }

        @Override
        public int samples(ByteBuf frame) {
            return samplesPerFrame();
        }
    }

    /// Opus. A sample is one packet.
    ///
    /// @param configuration channels and pre-skip
    record Opus(OpusConfiguration configuration) implements Audio {
        private static final int SAMPLES_OF_20_MS = 960;

        @Override
        public String word() {
            return "opus";
        }

        @Override
        public String rfc6381() {
            return "Opus";
        }

        @Override
        public int samplingFrequency() {
            return OpusConfiguration.SAMPLING_FREQUENCY;
        }

        @Override
        public int channels() {
            return configuration.channels();
        }

        @Override
        public int samplesPerFrame() {
            return SAMPLES_OF_20_MS;
        }

        @Override
        public int samples(ByteBuf frame) {
            return OpusPacket.samples(frame);
        }
    }

    /// FLAC. A sample is one frame.
    ///
    /// @param configuration sampling rate, channels, block size
    record Flac(FlacStreamInfo configuration) implements Audio {
        @Override
        public String word() {
            return "flac";
        }

        @Override
        public String rfc6381() {
            return "fLaC";
        }

        @Override
        public int samplingFrequency() {
            return configuration.samplingFrequency();
        }

        @Override
        public int channels() {
            return configuration.channels();
        }

        @Override
        public int samplesPerFrame() {
            return configuration.maxBlockSize();
        }

        @Override
        public int samples(ByteBuf frame) {
            return FlacFrame.samples(frame);
        }
    }

    /// AC-3. A sample is one syncframe.
    ///
    /// @param configuration sampling rate, channels, bit rate
    record Ac3(Ac3Configuration configuration) implements Audio {
        @Override
        public String word() {
            return "ac3";
        }

        @Override
        public String rfc6381() {
            return "ac-3";
        }

        @Override
        public int samplingFrequency() {
            return configuration.samplingFrequency();
        }

        @Override
        public int channels() {
            return configuration.channels();
        }

        @Override
        public int samplesPerFrame() {
            return Ac3Configuration.SAMPLES_PER_FRAME;
        }

        @Override
        public int samples(ByteBuf frame) {
            return samplesPerFrame();
        }
    }
}
