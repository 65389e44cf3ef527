package io.lunarstream.media.aac;

import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;

/// AAC's codec configuration.
///
/// Rates, channels and samples are those of the core coder: with spectral band replication (SBR, HE-AAC) a decoder
/// puts out twice the rate and twice the samples, in the same time. A track therefore counts in
/// [#samplingFrequency] and a frame lasts [#samplesPerFrame] of its ticks, whether SBR is signalled or not. Source:
/// ISO/IEC 14496-3, section 1.6.2.
///
/// @param bytes the configuration as it came, for the `esds` box
/// @param objectType `audioObjectType` of the core: 2 for AAC-LC, also in HE-AAC
/// @param samplingFrequency of the core, in Hz
/// @param channelConfiguration 1 to 7, or 0 if a program config element describes the channels
/// @param channels how many there are in the core: parametric stereo makes two out of one
/// @param samplesPerFrame 1024 or 960
/// @param extension what is said about SBR and parametric stereo
/// @param outputSamplingFrequency what the decoder puts out, in Hz, as far as it is said here
public record AudioSpecificConfig(
        ByteString bytes,
        int objectType,
        int samplingFrequency,
        int channelConfiguration,
        int channels,
        int samplesPerFrame,
        Extension extension,
        int outputSamplingFrequency) {

    /// Real ones have 2 to 5 bytes, with a program config element and its comment at most some 350.
    public static final int MAX_BYTES = 512;

    /// What the configuration says about the extensions of HE-AAC.
    public enum Extension {
        /// Nothing: there is no SBR, or it is signalled implicitly, that is, found by decoders in the frames.
        UNSAID,
        /// There is no SBR.
        NONE,
        /// Spectral band replication: HE-AAC.
        SBR,
        /// SBR and parametric stereo: HE-AAC v2.
        PARAMETRIC_STEREO
    }

    /// Reads a configuration; bytes behind it are tolerated.
    public static AudioSpecificConfig read(ByteString bytes) throws MalformedException {
        return new AudioSpecificConfigReader(bytes).read();
    }

    /// Whether this is AAC as ADTS can carry it: Main, LC, SSR or LTP, with or without SBR.
    public boolean fitsAdts() {
        return objectType >= 1 && objectType <= 4;
    }

    /// The name for `CODECS`: `mp4a.40.` and the object type, 5 for SBR and 29 for parametric stereo.
    /// Source: RFC 6381, section 3.3.
    public String rfc6381() {
        int namedType = switch (extension) {
            case UNSAID, NONE -> objectType;
            case SBR -> AudioSpecificConfigReader.OBJECT_TYPE_SBR;
            case PARAMETRIC_STEREO -> AudioSpecificConfigReader.OBJECT_TYPE_PS;
        };
        return "mp4a.40." + namedType;
    }
}
