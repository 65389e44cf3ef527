package io.lunarstream.rtmp.handshake;

/// Where C1 and S1 keep their digest: a field of four bytes says it, and that field has two possible places.
///
/// | schema       | bytes 8 to 771           | bytes 772 to 1535        |
/// |--------------|--------------------------|--------------------------|
/// | DIGEST_FIRST | offset (4), digest block | key block                |
/// | KEY_FIRST    | key block                | offset (4), digest block |
enum DigestSchema {
    DIGEST_FIRST(8),
    KEY_FIRST(772);

    /// The digest begins at one of so many places in its block.
    private static final int PLACES = 728;

    private static final int OFFSET_FIELD_BYTES = 4;

    private final int offsetField;

    DigestSchema(int offsetField) {
        this.offsetField = offsetField;
    }

    /// Where the digest of a packet of this schema begins.
    int digestIndex(byte[] packet) {
        int sum = 0;
        for (int i = 0; i < OFFSET_FIELD_BYTES; i++) {
            sum += packet[offsetField + i] & 0xFF;
        }
        return offsetField + OFFSET_FIELD_BYTES + sum % PLACES;
    }
}
