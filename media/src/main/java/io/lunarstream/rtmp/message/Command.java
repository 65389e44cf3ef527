package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import io.lunarstream.rtmp.amf.AmfReader;
import io.lunarstream.rtmp.amf.AmfValue;
import io.lunarstream.rtmp.amf.AmfValue.AmfNumber;
import io.lunarstream.rtmp.amf.AmfValue.AmfString;
import io.lunarstream.rtmp.amf.AmfWriter;
import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// A call of the peer, or the answer to one: `connect`, `publish`, `_result`, `onStatus`.
///
/// | AMF0 string | AMF0 number    | AMF0 values |
/// |-------------|----------------|-------------|
/// | name        | transaction id | arguments   |
///
/// Source: RTMP 1.0, section 7.1.1.
///
/// @param name what is called
/// @param transactionId ties an answer to its call; 0 wants no answer
/// @param arguments the command object, or null, and then the rest. They may hold secrets
public record Command(String name, double transactionId, List<AmfValue> arguments) implements Message {

    public Command {
        arguments = List.copyOf(arguments);
    }

    /// A command with its arguments given one by one.
    public static Command of(String name, double transactionId, AmfValue... arguments) {
        return new Command(name, transactionId, List.of(arguments));
    }

    /// An argument, counted from 0; AMF null where there is none.
    public AmfValue argument(int index) {
        return index < arguments.size() ? arguments.get(index) : AmfValue.NULL;
    }

    @Override
    public MessageType type() {
        return MessageType.COMMAND_AMF0;
    }

    @Override
    public void encode(ByteBuf out) {
        AmfWriter.write(new AmfString(name), out);
        AmfWriter.write(new AmfNumber(transactionId), out);
        arguments.forEach(argument -> AmfWriter.write(argument, out));
    }

    static Command decode(ByteBuf payload) {
        List<AmfValue> values = AmfReader.readAll(payload);
        if (values.isEmpty() || !(values.getFirst() instanceof AmfString(String name))) {
            throw new RtmpException(Reason.BAD_MESSAGE, "a command without a name");
        }
        if (values.size() < 2 || !(values.get(1) instanceof AmfNumber(double transactionId))) {
            return new Command(name, 0, values.subList(1, values.size()));
        }
        return new Command(name, transactionId, values.subList(2, values.size()));
    }

    /// Without the name, which is the peer's text, and the arguments, which may hold a push token.
    @Override
    public String toString() {
        return "Command[transactionId=" + transactionId + ", " + arguments.size() + " arguments]";
    }
}
