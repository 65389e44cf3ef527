package io.lunarstream.media.bytes;

/// Bits put together field by field, for tests of readers.
public final class BitString {
    private final StringBuilder bits = new StringBuilder();

    /// `u(n)`.
    public BitString u(int count, long value) {
        for (int i = count - 1; i >= 0; i--) {
            bits.append((value >>> i) & 1);
        }
        return this;
    }

    /// `ue(v)`.
    public BitString ue(long value) {
        int length = Long.SIZE - Long.numberOfLeadingZeros(value + 1);
        return u(length - 1, 0).u(length, value + 1);
    }

    /// `se(v)`.
    public BitString se(long value) {
        return ue(value > 0 ? 2 * value - 1 : -2 * value);
    }

    /// The bits as bytes, the last one filled up with zeros.
    public ByteString bytes() {
        byte[] bytes = new byte[(bits.length() + 7) / 8];
        for (int i = 0; i < bits.length(); i++) {
            bytes[i / 8] |= (byte) ((bits.charAt(i) - '0') << (7 - i % 8));
        }
        return ByteString.of(bytes);
    }
}
