package io.lunarstream.media.bytes;

/// Bytes that are not what their specification says; the message names the field.
///
/// Protocols wrap it in their own exception. Checked, because whoever reads foreign bytes must have an answer to it.
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }
}
