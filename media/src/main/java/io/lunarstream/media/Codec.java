package io.lunarstream.media;

import io.lunarstream.media.aac.AudioSpecificConfig;
import io.lunarstream.media.avc.AvcDecoderConfiguration;

/// How a track's samples are coded, with the codec configuration that a decoder needs before the first of them.
///
/// Two codecs are equal when their configurations are: a repeated sequence header is no change.
public sealed interface Codec {

    /// Which kind of media this codec codes.
    MediaKind kind();

    /// The name for `CODECS`, such as `avc1.64001f` or `mp4a.40.2`. Source: RFC 6381, section 3.3.
    String rfc6381();

    /// H.264. A sample is an access unit as length-prefixed NAL units, lengths of 4 bytes.
    ///
    /// @param configuration the stream's parameter sets
    record H264(AvcDecoderConfiguration configuration) implements Codec {
        @Override
        public MediaKind kind() {
            return MediaKind.VIDEO;
        }

        @Override
        public String rfc6381() {
            return configuration.rfc6381();
        }
    }

    /// AAC. A sample is one raw frame without an ADTS header.
    ///
    /// @param configuration object type, sampling rate, channels
    record Aac(AudioSpecificConfig configuration) implements Codec {
        @Override
        public MediaKind kind() {
            return MediaKind.AUDIO;
        }

        @Override
        public String rfc6381() {
            return configuration.rfc6381();
        }
    }
}
