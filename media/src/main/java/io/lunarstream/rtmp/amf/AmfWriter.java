package io.lunarstream.rtmp.amf;

import io.lunarstream.rtmp.amf.AmfValue.AmfBoolean;
import io.lunarstream.rtmp.amf.AmfValue.AmfDate;
import io.lunarstream.rtmp.amf.AmfValue.AmfEcmaArray;
import io.lunarstream.rtmp.amf.AmfValue.AmfNull;
import io.lunarstream.rtmp.amf.AmfValue.AmfNumber;
import io.lunarstream.rtmp.amf.AmfValue.AmfObject;
import io.lunarstream.rtmp.amf.AmfValue.AmfSkipped;
import io.lunarstream.rtmp.amf.AmfValue.AmfStrictArray;
import io.lunarstream.rtmp.amf.AmfValue.AmfString;
import io.lunarstream.rtmp.amf.AmfValue.AmfUndefined;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// AMF0 values to bytes. Source: AMF 0, section 2.
public final class AmfWriter {
    private static final int SHORT_STRING_BYTES_MAX = 0xFFFF;

    private AmfWriter() {}

    /// Appends one value to `out`. A value that was skipped when read is written as undefined.
    public static void write(AmfValue value, ByteBuf out) {
        switch (value) {
            case AmfNumber(double number) -> out.writeByte(AmfMarker.NUMBER).writeDouble(number);
            case AmfBoolean(boolean bit) -> out.writeByte(AmfMarker.BOOLEAN).writeBoolean(bit);
            case AmfString(String text) -> writeString(text, out);
            case AmfObject(Map<String, AmfValue> properties) -> {
                out.writeByte(AmfMarker.OBJECT);
                writeProperties(properties, out);
            }
            case AmfEcmaArray(Map<String, AmfValue> properties) -> {
                out.writeByte(AmfMarker.ECMA_ARRAY).writeInt(properties.size());
                writeProperties(properties, out);
            }
            case AmfStrictArray array -> {
                out.writeByte(AmfMarker.STRICT_ARRAY).writeInt(array.values().size());
                array.values().forEach(element -> write(element, out));
            }
            case AmfDate(double epochMs, int zone) ->
                out.writeByte(AmfMarker.DATE).writeDouble(epochMs).writeShort(zone);
            case AmfNull _ -> out.writeByte(AmfMarker.NULL);
            case AmfUndefined _, AmfSkipped _ -> out.writeByte(AmfMarker.UNDEFINED);
        }
    }

    private static void writeString(String text, ByteBuf out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= SHORT_STRING_BYTES_MAX) {
            out.writeByte(AmfMarker.STRING).writeShort(bytes.length);
        } else {
            out.writeByte(AmfMarker.LONG_STRING).writeInt(bytes.length);
        }
        out.writeBytes(bytes);
    }

    private static void writeProperties(Map<String, AmfValue> properties, ByteBuf out) {
        properties.forEach((name, value) -> {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > SHORT_STRING_BYTES_MAX) {
                throw new IllegalArgumentException("a property name of " + bytes.length + " bytes");
            }
            out.writeShort(bytes.length).writeBytes(bytes);
            write(value, out);
        });
        out.writeShort(0).writeByte(AmfMarker.OBJECT_END);
    }
}
