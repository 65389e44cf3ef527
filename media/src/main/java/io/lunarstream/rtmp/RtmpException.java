package io.lunarstream.rtmp;

/// The peer broke the protocol or a limit, or asked for something that is not offered: its connection has to be
/// closed.
///
/// The message is one sentence for a log line. It never contains `tcUrl`, app, query or other text from the peer.
public final class RtmpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What kind of breach it was.
    public enum Reason {
        /// The first bytes are not those of an RTMP handshake.
        BAD_HANDSHAKE,
        /// Chunk headers contradict each other or the protocol.
        BAD_CHUNK,
        /// The payload of a message is too short or contradicts itself.
        BAD_MESSAGE,
        /// An AMF value is cut off or contradicts itself.
        BAD_AMF,
        /// More was sent than one of our limits allows.
        LIMIT_EXCEEDED,
        /// A command came at a time when it makes no sense, such as `publish` before `connect`.
        COMMAND_OUT_OF_ORDER,
        /// The publish address names no stream key, or two different ones.
        BAD_ADDRESS,
        /// The peer wants to play, which is not offered over RTMP.
        PLAY_NOT_OFFERED
    }

    private final Reason reason;
    private final String description;

    public RtmpException(Reason reason, String message) {
        // Without a stack trace: hostile peers cause these in numbers, and the message says where it happened.
        super(message, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
        this.reason = reason;
        description = message;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return description;
    }
}
