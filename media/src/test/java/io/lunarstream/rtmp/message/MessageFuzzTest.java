package io.lunarstream.rtmp.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lunarstream.fuzz.FuzzInput;
import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.amf.AmfReader;
import io.lunarstream.rtmp.amf.AmfValue;
import io.lunarstream.rtmp.amf.AmfWriter;
import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;

/// Fuzzes whole messages. The first byte of an input is the message's type id: AMF0 and AMF3 commands and data,
/// aggregates, protocol control.
class MessageFuzzTest {

    @FuzzTest
    @Timeout(10)
    void readsOrRefusesWhateverAMessageHolds(byte[] bytes) {
        FuzzInput input = new FuzzInput(bytes);
        MessageType type = MessageType.of(input.choice());
        try {
            Optional<Message> message = MessageDecoder.decode(type, Unpooled.wrappedBuffer(input.bytes()));
            if (message.isPresent()) {
                lookInto(message.get());
            }
        } catch (RtmpException e) {
            assertThat(e.getMessage()).isPrintable();
        }
    }

    private static void lookInto(Message message) {
        switch (message) {
            case Command(String name, double transactionId, List<AmfValue> arguments) -> {
                assertThat(name).isNotNull();
                assertThat(Double.valueOf(transactionId)).isNotNull();
                assertThat(rewritten(arguments)).isEqualTo(rewritten(rewritten(arguments)));
            }
            case Data data -> data.metadata().ifPresent(metadata -> metadata.text("encoder"));
            case Aggregate aggregate -> {
                AggregateReader reader = new AggregateReader(aggregate, /* timestampMs= */ 7, /* messageStreamId= */ 1);
                for (Optional<MessageResult.MessageRead> inner = reader.next();
                        inner.isPresent();
                        inner = reader.next()) {
                    assertThat(inner.get().timestampMs()).isBetween(0L, 0xFFFF_FFFFL);
                    assertThat(inner.get().message()).isNotInstanceOf(Aggregate.class);
                }
            }
            case UserControl _,
                    SetChunkSize _,
                    Abort _,
                    Acknowledgement _,
                    WindowAcknowledgementSize _,
                    SetPeerBandwidth _,
                    Audio _,
                    Video _ -> {}
        }
    }

    /// The values as they are after one more way over the wire.
    private static List<AmfValue> rewritten(List<AmfValue> values) {
        ByteBuf wire = Unpooled.buffer();
        values.forEach(value -> AmfWriter.write(value, wire));
        return AmfReader.readAll(wire);
    }
}
