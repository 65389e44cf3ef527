package io.lunarstream.flv;

import io.lunarstream.media.MediaKind;

/// `VideoPacketType` and `AudioPacketType`: what an enhanced tag carries.
///
/// Source: Enhanced RTMP v2, sections "Enhanced Audio" and "Enhanced Video".
enum EnhancedPacketType {
    SEQUENCE_START,
    CODED_FRAMES,
    SEQUENCE_END,
    /// Video only: coded frames whose composition time is zero and left out.
    CODED_FRAMES_X,
    /// Video: colours. Audio: which channel is where (`MultichannelConfig`), which our codecs say themselves.
    METADATA,
    /// Packets of one or several tracks of the same kind.
    MULTITRACK,
    /// A modifier before the real packet type, such as nanoseconds to add to the time.
    MOD_EX,
    /// What is not specified, and the start of a sequence that would be carried as in MPEG-TS.
    UNKNOWN;

    private static final EnhancedPacketType[] VIDEO = {
        SEQUENCE_START, CODED_FRAMES, SEQUENCE_END, CODED_FRAMES_X, METADATA, UNKNOWN, MULTITRACK, MOD_EX
    };
    private static final EnhancedPacketType[] AUDIO = {
        SEQUENCE_START, CODED_FRAMES, SEQUENCE_END, UNKNOWN, METADATA, MULTITRACK, UNKNOWN, MOD_EX
    };

    /// The type that four bits name.
    static EnhancedPacketType of(MediaKind kind, int code) {
        EnhancedPacketType[] types = switch (kind) {
            case VIDEO -> VIDEO;
            case AUDIO -> AUDIO;
        };
        return code < types.length ? types[code] : UNKNOWN;
    }
}
