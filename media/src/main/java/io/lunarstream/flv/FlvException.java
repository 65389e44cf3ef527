package io.lunarstream.flv;

/// FLV bytes that cannot be used; whoever sent them is not to be trusted with the next ones.
public final class FlvException extends Exception {
    private static final long serialVersionUID = 1L;

    /// What is wrong with the bytes.
    public enum Reason {
        /// A field says that there is more than there is.
        TRUNCATED,
        /// A limit of ours is passed.
        TOO_LARGE,
        /// The codec configuration breaks its specification.
        BAD_CODEC_CONFIGURATION,
        /// A frame breaks its codec's specification.
        BAD_FRAME,
        /// A body has packets of the same track twice.
        BAD_MULTITRACK,
        /// The file does not begin as an FLV file does, or its tags are encrypted.
        BAD_FILE
    }

    private final Reason reason;

    FlvException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    FlvException(Reason reason, Exception cause) {
        super(cause.getMessage(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
