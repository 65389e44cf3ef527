package io.lunarstream.media.bytes;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HexFormat;

/// A few bytes that never change, equal by content: a parameter set, a codec configuration.
///
/// Not for payload: making one copies.
public final class ByteString {
    private final byte[] bytes;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A copy of an array.
    public static ByteString of(byte... bytes) {
        return new ByteString(bytes.clone());
    }

    /// A copy of a part of a buffer, whose indexes stay as they are.
    public static ByteString copyOf(ByteBuf buffer, int index, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(index, bytes);
        return new ByteString(bytes);
    }

    /// The bytes written as hexadecimal digits without separators.
    public static ByteString fromHex(String hex) {
        return new ByteString(HexFormat.of().parseHex(hex));
    }

    public int size() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /// The byte at an index, as a number from 0 to 255.
    public int at(int index) {
        return bytes[index] & 0xFF;
    }

    /// Appends all bytes to a buffer.
    public void writeTo(ByteBuf out) {
        out.writeBytes(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// Hexadecimal digits, as [#fromHex] takes them.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
