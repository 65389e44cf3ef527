package io.lunarstream.rtmp;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/// Bytes on the wire, put together field by field.
public final class WireBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public static WireBytes wire() {
        return new WireBytes();
    }

    /// Bytes in hexadecimal; blanks do not count.
    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /// So many bytes, each different from its neighbours.
    public static byte[] counting(int length) {
        byte[] counting = new byte[length];
        for (int i = 0; i < length; i++) {
            counting[i] = (byte) (i * 7 + i / 251);
        }
        return counting;
    }

    public WireBytes add(String hex) {
        return add(hex(hex));
    }

    public WireBytes add(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    public WireBytes add(WireBytes more) {
        return add(more.bytes());
    }

    public WireBytes u8(int value) {
        bytes.write(value);
        return this;
    }

    public WireBytes u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    public WireBytes u24(long value) {
        return u8((int) (value >>> 16)).u16((int) value);
    }

    public WireBytes u32(long value) {
        return u8((int) (value >>> 24)).u24(value);
    }

    public WireBytes u32le(long value) {
        return u32(Integer.toUnsignedLong(Integer.reverseBytes((int) value)));
    }

    /// The header of a chunk with fmt 0 on a chunk stream below 64.
    public WireBytes fmt0(int chunkStreamId, long timestamp, int length, int type, int messageStreamId) {
        return u8(chunkStreamId).u24(timestamp).u24(length).u8(type).u32le(messageStreamId);
    }

    /// The header of a chunk with fmt 1.
    public WireBytes fmt1(int chunkStreamId, long delta, int length, int type) {
        return u8(0x40 | chunkStreamId).u24(delta).u24(length).u8(type);
    }

    /// The header of a chunk with fmt 2.
    public WireBytes fmt2(int chunkStreamId, long delta) {
        return u8(0x80 | chunkStreamId).u24(delta);
    }

    /// The header of a chunk with fmt 3.
    public WireBytes fmt3(int chunkStreamId) {
        return u8(0xC0 | chunkStreamId);
    }

    /// A whole message in chunks of 128 bytes, a full header first.
    public WireBytes message(int chunkStreamId, long timestamp, int type, int messageStreamId, byte[] payload) {
        fmt0(chunkStreamId, timestamp, payload.length, type, messageStreamId);
        for (int at = 0; at < payload.length; at += 128) {
            if (at > 0) {
                fmt3(chunkStreamId);
            }
            bytes.write(payload, at, Math.min(128, payload.length - at));
        }
        return this;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }
}
