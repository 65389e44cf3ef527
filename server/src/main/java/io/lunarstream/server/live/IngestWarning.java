package io.lunarstream.server.live;

/// Something about an encoder's settings that its operator should mend.
///
/// @param code what it is
/// @param message one sentence that says what is wrong and how to mend it
public record IngestWarning(Code code, String message) {

    /// The kinds of warnings, by their stable machine words.
    public enum Code {
        /// Keyframes come too seldom.
        KEYFRAME_INTERVAL_LONG,
        /// A track is left out because of its codec.
        UNSUPPORTED_CODEC,
        /// There are more tracks of one kind than are played.
        FURTHER_TRACKS_LEFT_OUT,
        /// Pictures come that nothing can be made of.
        FRAMES_DROPPED,
        /// Time stamps repeat or go back.
        TIMESTAMPS_REPAIRED,
        /// Audio and video come with time stamps that are far apart.
        AUDIO_VIDEO_APART
    }
}
