package io.lunarstream.rtmp.chunk;

/// How much of the message header a chunk carries: the two high bits of its first byte.
///
/// | fmt | header bytes | carries                             |
/// |-----|--------------|-------------------------------------|
/// | 0   | 11           | timestamp, length, type, stream id  |
/// | 1   | 7            | timestamp delta, length, type       |
/// | 2   | 3            | timestamp delta                     |
/// | 3   | 0            | nothing: all as in the chunk before |
///
/// Source: RTMP 1.0, section 5.3.1.2.
enum ChunkFormat {
    FULL(11),
    SAME_STREAM(7),
    SAME_LENGTH(3),
    CONTINUATION(0);

    private static final ChunkFormat[] BY_CODE = values();

    /// Bytes of the message header, without an extended timestamp.
    final int headerBytes;

    ChunkFormat(int headerBytes) {
        this.headerBytes = headerBytes;
    }

    /// The format named by a chunk's first byte; every value of the two bits is legal.
    static ChunkFormat of(int firstByte) {
        return BY_CODE[(firstByte >>> 6) & 0b11];
    }
}
