package io.lunarstream.rtmp.amf;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import io.lunarstream.rtmp.amf.AmfValue.AmfBoolean;
import io.lunarstream.rtmp.amf.AmfValue.AmfDate;
import io.lunarstream.rtmp.amf.AmfValue.AmfEcmaArray;
import io.lunarstream.rtmp.amf.AmfValue.AmfNumber;
import io.lunarstream.rtmp.amf.AmfValue.AmfObject;
import io.lunarstream.rtmp.amf.AmfValue.AmfSkipped;
import io.lunarstream.rtmp.amf.AmfValue.AmfStrictArray;
import io.lunarstream.rtmp.amf.AmfValue.AmfString;
import io.lunarstream.rtmp.amf.AmfValue.AmfUndefined;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The AMF0 values of one message.
///
/// Lengths and counts are checked against the bytes that are there before memory is taken for them. A type of unknown
/// length (AMF3 inside AMF0, a type of the future) hides what follows it: the rest of the message is skipped, and
/// what came before it counts. Source: AMF 0, section 2.
public final class AmfReader {
    /// How deep values may lie in one another. Metadata goes two deep; each level is a stack frame of ours.
    static final int DEPTH_MAX = 16;
    /// How many values a message may have, however deep. Metadata has about 30; each one is an object of ours.
    static final int ELEMENTS_MAX = 4_096;

    private final ByteBuf in;
    private int elements;

    private AmfReader(ByteBuf in) {
        this.in = in;
    }

    /// Reads all values up to the end of `in`.
    public static List<AmfValue> readAll(ByteBuf in) {
        AmfReader reader = new AmfReader(in);
        List<AmfValue> values = new ArrayList<>();
        while (in.isReadable()) {
            values.add(reader.readValue(/* depth= */ 1));
        }
        return values;
    }

    private AmfValue readValue(int depth) {
        if (depth > DEPTH_MAX) {
            throw new RtmpException(Reason.LIMIT_EXCEEDED, "AMF values more than " + DEPTH_MAX + " deep");
        }
        if (++elements > ELEMENTS_MAX) {
            throw new RtmpException(Reason.LIMIT_EXCEEDED, "more than " + ELEMENTS_MAX + " AMF values in a message");
        }
        require(1, "a marker");
        int marker = in.readUnsignedByte();
        return switch (marker) {
            case AmfMarker.NUMBER -> new AmfNumber(readDouble());
            case AmfMarker.BOOLEAN -> readBoolean();
            case AmfMarker.STRING -> new AmfString(readShortString());
            case AmfMarker.OBJECT -> new AmfObject(readProperties(depth));
            case AmfMarker.NULL -> AmfValue.NULL;
            case AmfMarker.UNDEFINED -> new AmfUndefined();
            case AmfMarker.ECMA_ARRAY -> readEcmaArray(depth);
            case AmfMarker.STRICT_ARRAY -> readStrictArray(depth);
            case AmfMarker.DATE -> readDate();
            case AmfMarker.LONG_STRING -> new AmfString(readLongString());
            case AmfMarker.TYPED_OBJECT -> readTypedObject(depth);
            default -> skip(marker);
        };
    }

    private double readDouble() {
        require(Double.BYTES, "a number");
        return in.readDouble();
    }

    private AmfBoolean readBoolean() {
        require(1, "a boolean");
        return new AmfBoolean(in.readByte() != 0);
    }

    private AmfDate readDate() {
        double epochMs = readDouble();
        require(Short.BYTES, "a date");
        return new AmfDate(epochMs, in.readShort());
    }

    private String readShortString() {
        require(Short.BYTES, "the length of a string");
        return readText(in.readUnsignedShort());
    }

    private String readLongString() {
        require(Integer.BYTES, "the length of a long string");
        return readText(in.readUnsignedInt());
    }

    private String readText(long bytes) {
        require(bytes, "a string");
        return in.readString((int) bytes, StandardCharsets.UTF_8);
    }

    /// The count that an ECMA array begins with is often wrong, so only its end marker counts.
    private AmfEcmaArray readEcmaArray(int depth) {
        require(Integer.BYTES, "the count of an array");
        in.skipBytes(Integer.BYTES);
        return new AmfEcmaArray(readProperties(depth));
    }

    private AmfObject readTypedObject(int depth) {
        readShortString();
        return new AmfObject(readProperties(depth));
    }

    /// Reads name after value up to an empty name with the end marker. The end of the message will do as well: some
    /// encoders leave the marker out.
    private Map<String, AmfValue> readProperties(int depth) {
        Map<String, AmfValue> properties = new LinkedHashMap<>();
        while (in.isReadable()) {
            String name = readShortString();
            if (name.isEmpty() && in.isReadable() && in.getUnsignedByte(in.readerIndex()) == AmfMarker.OBJECT_END) {
                in.skipBytes(1);
                break;
            }
            properties.put(name, readValue(depth + 1));
        }
        return properties;
    }

    private AmfStrictArray readStrictArray(int depth) {
        require(Integer.BYTES, "the count of an array");
        long count = in.readUnsignedInt();
        List<AmfValue> values = new ArrayList<>();
        for (long i = 0; i < count && in.isReadable(); i++) {
            values.add(readValue(depth + 1));
        }
        return new AmfStrictArray(values);
    }

    private AmfSkipped skip(int marker) {
        switch (marker) {
            case AmfMarker.UNSUPPORTED -> {}
            case AmfMarker.REFERENCE -> {
                require(Short.BYTES, "a reference");
                in.skipBytes(Short.BYTES);
            }
            case AmfMarker.XML_DOCUMENT -> readLongString();
            default -> in.skipBytes(in.readableBytes());
        }
        return new AmfSkipped(marker);
    }

    private void require(long bytes, String what) {
        if (in.readableBytes() < bytes) {
            throw new RtmpException(Reason.BAD_AMF, what + " is cut off");
        }
    }
}
