package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.amf.AmfReader;
import io.lunarstream.rtmp.amf.AmfValue;
import io.lunarstream.rtmp.amf.AmfValue.AmfProperties;
import io.lunarstream.rtmp.amf.AmfValue.AmfString;
import io.lunarstream.rtmp.amf.AmfWriter;
import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/// A data message, such as `@setDataFrame` with `onMetaData`: AMF0 values and nothing else.
///
/// Source: RTMP 1.0, section 7.1.2.
///
/// @param values as they came
public record Data(List<AmfValue> values) implements Message {
    private static final List<AmfString> METADATA_NAMES =
            List.of(new AmfString("@setDataFrame"), new AmfString("onMetaData"));

    public Data {
        values = List.copyOf(values);
    }

    /// What an encoder says about its stream; empty if this message is about something else. Some encoders leave out
    /// the one or the other of the two names that should come first.
    public Optional<AmfProperties> metadata() {
        int index = 0;
        for (AmfString name : METADATA_NAMES) {
            if (index < values.size() && values.get(index).equals(name)) {
                index++;
            }
        }
        return index < values.size() && values.get(index) instanceof AmfProperties properties
                ? Optional.of(properties)
                : Optional.empty();
    }

    @Override
    public MessageType type() {
        return MessageType.DATA_AMF0;
    }

    @Override
    public void encode(ByteBuf out) {
        values.forEach(value -> AmfWriter.write(value, out));
    }

    static Data decode(ByteBuf payload) {
        return new Data(AmfReader.readAll(payload));
    }
}
