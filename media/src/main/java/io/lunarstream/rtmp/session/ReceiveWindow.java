package io.lunarstream.rtmp.session;

/// Counts the bytes received and says when an acknowledgement is due. Source: RTMP 1.0, sections 5.4.3 and 5.4.4.
final class ReceiveWindow {
    /// What is assumed until the peer names its window, and what servers commonly announce.
    static final int INITIAL_BYTES = 2_500_000;

    private long windowBytes = INITIAL_BYTES;
    private long receivedBytes;
    private long acknowledgedBytes;

    /// The peer's window. It counts as unsigned, and 0 as not said.
    void resize(int bytes) {
        windowBytes = bytes == 0 ? INITIAL_BYTES : Integer.toUnsignedLong(bytes);
    }

    /// Counts bytes; true if they are to be acknowledged now, by [#sequenceNumber].
    boolean received(int bytes) {
        receivedBytes += bytes;
        if (receivedBytes - acknowledgedBytes < windowBytes) {
            return false;
        }
        acknowledgedBytes = receivedBytes;
        return true;
    }

    /// All bytes received so far, in 32 bits that wrap.
    int sequenceNumber() {
        return (int) receivedBytes;
    }
}
