package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.amf.AmfReader;
import io.lunarstream.rtmp.amf.AmfValue;
import io.lunarstream.rtmp.amf.AmfWriter;
import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// A data message, such as `@setDataFrame` with `onMetaData`: AMF0 values and nothing else.
///
/// Source: RTMP 1.0, section 7.1.2.
///
/// @param values as they came
public record Data(List<AmfValue> values) implements Message {

    public Data {
        values = List.copyOf(values);
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
