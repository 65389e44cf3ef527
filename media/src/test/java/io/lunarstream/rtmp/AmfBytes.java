package io.lunarstream.rtmp;

import static io.lunarstream.rtmp.WireBytes.wire;

import java.nio.charset.StandardCharsets;

/// AMF0 values on the wire.
public final class AmfBytes {
    private AmfBytes() {}

    public static byte[] join(byte[]... values) {
        WireBytes all = wire();
        for (byte[] value : values) {
            all.add(value);
        }
        return all.bytes();
    }

    public static byte[] number(double value) {
        long bits = Double.doubleToLongBits(value);
        return wire().u8(0).u32(bits >>> 32).u32(bits).bytes();
    }

    public static byte[] bool(boolean value) {
        return wire().u8(1).u8(value ? 1 : 0).bytes();
    }

    public static byte[] string(String text) {
        return join(new byte[] {2}, name(text));
    }

    public static byte[] longString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return wire().u8(0x0C).u32(utf8.length).add(utf8).bytes();
    }

    public static byte[] nothing() {
        return new byte[] {5};
    }

    public static byte[] undefined() {
        return new byte[] {6};
    }

    public static byte[] date(double epochMs) {
        long bits = Double.doubleToLongBits(epochMs);
        return wire().u8(0x0B).u32(bits >>> 32).u32(bits).u16(0).bytes();
    }

    /// A property: its name, without a marker, and its value.
    public static byte[] property(String name, byte[] value) {
        return join(name(name), value);
    }

    public static byte[] object(byte[]... properties) {
        return join(new byte[] {3}, join(properties), new byte[] {0, 0, 9});
    }

    public static byte[] ecmaArray(int count, byte[]... properties) {
        return wire().u8(8).u32(count).add(join(properties)).add("00 00 09").bytes();
    }

    public static byte[] strictArray(byte[]... values) {
        return wire().u8(0x0A).u32(values.length).add(join(values)).bytes();
    }

    private static byte[] name(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return wire().u16(utf8.length).add(utf8).bytes();
    }
}
