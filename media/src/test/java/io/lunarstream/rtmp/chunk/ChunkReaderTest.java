package io.lunarstream.rtmp.chunk;

import static io.lunarstream.rtmp.WireBytes.counting;
import static io.lunarstream.rtmp.WireBytes.hex;
import static io.lunarstream.rtmp.WireBytes.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.rtmp.Feeding;
import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import io.lunarstream.rtmp.WireBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkReaderTest {
    private static final int AUDIO = 8;
    private static final int VIDEO = 9;

    @Test
    void readsBasicHeadersOfOneTwoAndThreeBytes() {
        WireBytes wire = wire().add("03 000001 000001 08 01000000 AA")
                .add("00 00 000002 000001 08 01000000 BB")
                .add("00 FF 000003 000001 08 01000000 CC")
                .add("01 00 01 000004 000001 08 01000000 DD")
                .add("01 FF FF 000005 000001 08 01000000 EE");
        assertReads(
                wire,
                "AUDIO 1ms stream 1: aa",
                "AUDIO 2ms stream 1: bb",
                "AUDIO 3ms stream 1: cc",
                "AUDIO 4ms stream 1: dd",
                "AUDIO 5ms stream 1: ee");
    }

    @Test
    void takesTheSameChunkStreamIdInEveryFormForTheSameStream() {
        WireBytes wire = wire().add("00 0A 00000A 000001 08 01000000 AA").add("81 0A 00 000005 BB");
        assertReads(wire, "AUDIO 10ms stream 1: aa", "AUDIO 15ms stream 1: bb");
    }

    @Test
    void readsMessageHeadersOfAllFourFormats() {
        WireBytes wire = wire().fmt0(4, 1_000, 2, AUDIO, 1)
                .add("0102")
                .fmt1(4, 20, 3, VIDEO)
                .add("030405")
                .fmt2(4, 30)
                .add("060708")
                .fmt3(4)
                .add("090A0B");
        assertReads(
                wire,
                "AUDIO 1000ms stream 1: 0102",
                "VIDEO 1020ms stream 1: 030405",
                "VIDEO 1050ms stream 1: 060708",
                "VIDEO 1080ms stream 1: 090a0b");
    }

    @Test
    void takesTheTimestampForTheDeltaOfAMessageThatBeginsWithFmt3AfterFmt0() {
        WireBytes wire = wire().fmt0(4, 23, 1, AUDIO, 1).add("01").fmt3(4).add("02");
        assertReads(wire, "AUDIO 23ms stream 1: 01", "AUDIO 46ms stream 1: 02");
    }

    @Test
    void readsTheMessageStreamIdAsLittleEndian() {
        assertReads(wire().add("03 000000 000001 08 01020304 AA"), "AUDIO 0ms stream 67305985: aa");
    }

    @Test
    void letsAChunkStreamBeginWithFmt1() {
        assertReads(wire().fmt1(2, 7, 1, AUDIO).add("AA"), "AUDIO 7ms stream 0: aa");
    }

    @Test
    void assemblesAMessageFromItsChunks() {
        byte[] payload = counting(300);
        assertReads(wire().message(6, 40, VIDEO, 1, payload), "VIDEO 40ms stream 1: " + hexOf(payload));
    }

    @Test
    void handsOutAMessageWithoutPayload() {
        WireBytes wire = wire().fmt0(4, 5, 0, AUDIO, 1).fmt0(6, 6, 1, VIDEO, 1).add("AA");
        assertReads(wire, "AUDIO 5ms stream 1: ", "VIDEO 6ms stream 1: aa");
    }

    @Test
    void readsInterleavedChunkStreamsInTheMiddleOfAMessage() {
        byte[] video = counting(200);
        WireBytes wire = wire().fmt0(6, 40, 200, VIDEO, 1)
                .add(Arrays.copyOf(video, 128))
                .fmt0(4, 41, 2, AUDIO, 1)
                .add("AAAA")
                .fmt3(6)
                .add(Arrays.copyOfRange(video, 128, 200));
        assertReads(wire, "AUDIO 41ms stream 1: aaaa", "VIDEO 40ms stream 1: " + hexOf(video));
    }

    @Test
    void readsAnExtendedTimestampThatFmt3ChunksRepeat() {
        byte[] payload = counting(150);
        WireBytes wire = wire().fmt0(6, 0xFFFFFF, 150, VIDEO, 1)
                .u32(0x01000010)
                .add(Arrays.copyOf(payload, 128))
                .fmt3(6)
                .u32(0x01000010)
                .add(Arrays.copyOfRange(payload, 128, 150));
        assertReads(wire, "VIDEO 16777232ms stream 1: " + hexOf(payload));
    }

    @Test
    void readsAnExtendedTimestampThatFmt3ChunksDoNotRepeat() {
        byte[] payload = counting(150);
        WireBytes wire = wire().fmt0(6, 0xFFFFFF, 150, VIDEO, 1)
                .u32(0x01000010)
                .add(Arrays.copyOf(payload, 128))
                .fmt3(6)
                .add(Arrays.copyOfRange(payload, 128, 150));
        assertReads(wire, "VIDEO 16777232ms stream 1: " + hexOf(payload));
    }

    @Test
    void tellsPayloadThatBeginsLikeTheExtendedTimestampFromTheTimestamp() {
        byte[] payload = counting(131);
        System.arraycopy(hex("010000"), 0, payload, 128, 3);
        WireBytes wire = wire().fmt0(6, 0xFFFFFF, 131, VIDEO, 1)
                .u32(0x01000010)
                .add(Arrays.copyOf(payload, 128))
                .fmt3(6)
                .add("010000")
                .fmt0(4, 9, 1, AUDIO, 1)
                .add("AA")
                .fmt0(4, 10, 1, AUDIO, 1)
                .add("BB");
        assertReads(
                wire,
                "VIDEO 16777232ms stream 1: " + hexOf(payload),
                "AUDIO 9ms stream 1: aa",
                "AUDIO 10ms stream 1: bb");
    }

    @Test
    void readsAnExtendedDeltaThatFmt3ChunksRepeatAsTheWholeTimestamp() {
        byte[] payload = counting(130);
        WireBytes wire = wire().fmt0(6, 5, 1, VIDEO, 1)
                .add("AA")
                .fmt1(6, 0xFFFFFF, 130, VIDEO)
                .u32(0x01000010)
                .add(Arrays.copyOf(payload, 128))
                .fmt3(6)
                .u32(0x01000015)
                .add(Arrays.copyOfRange(payload, 128, 130));
        assertReads(wire, "VIDEO 5ms stream 1: aa", "VIDEO 16777237ms stream 1: " + hexOf(payload));
    }

    @Test
    void letsTimestampsWrapAt32Bits() {
        WireBytes wire = wire().fmt0(4, 0xFFFFFF, 1, AUDIO, 1)
                .u32(0xFFFFFFF0L)
                .add("01")
                .fmt1(4, 0x20, 1, AUDIO)
                .add("02");
        assertReads(wire, "AUDIO 4294967280ms stream 1: 01", "AUDIO 16ms stream 1: 02");
    }

    @Test
    void letsTimestampsGoBack() {
        WireBytes wire = wire().fmt0(4, 500, 1, AUDIO, 1)
                .add("01")
                .fmt0(4, 100, 1, AUDIO, 1)
                .add("02");
        assertReads(wire, "AUDIO 500ms stream 1: 01", "AUDIO 100ms stream 1: 02");
    }

    @Test
    void marksMessagesOfUnknownTypes() {
        assertReads(wire().fmt0(4, 0, 1, 99, 0).add("01"), "UNKNOWN 0ms stream 0: 01");
    }

    @Test
    void handsOutASliceOfTheInputWhenAMessageLiesWholeInOneChunk() {
        ByteBuf in = Unpooled.wrappedBuffer(
                wire().fmt0(4, 0, 3, AUDIO, 1).add("010203").bytes());
        try (ChunkReader reader = new ChunkReader(UnpooledByteBufAllocator.DEFAULT)) {
            ByteBuf payload = messageRead(reader.read(in)).payload();
            in.setByte(12, 0x77);
            assertThat(ByteBufUtil.hexDump(payload)).isEqualTo("770203");
        }
    }

    @Test
    void usesANewChunkSizeForTheNextChunk() {
        byte[] payload = counting(200);
        try (ChunkReader reader = new ChunkReader(UnpooledByteBufAllocator.DEFAULT)) {
            reader.setChunkSize(200);
            ByteBuf in = Unpooled.wrappedBuffer(
                    wire().fmt0(6, 0, 200, VIDEO, 1).add(payload).bytes());
            assertThat(dump(reader.read(in))).isEqualTo("VIDEO 0ms stream 1: " + hexOf(payload));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 4_096, 16 << 20, Integer.MAX_VALUE})
    void takesChunkSizesFrom128(int bytes) {
        try (ChunkReader reader = new ChunkReader(UnpooledByteBufAllocator.DEFAULT)) {
            reader.setChunkSize(bytes);
            ByteBuf in = Unpooled.wrappedBuffer(
                    wire().fmt0(6, 0, 1, VIDEO, 1).add("AA").bytes());
            assertThat(dump(reader.read(in))).isEqualTo("VIDEO 0ms stream 1: aa");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {127, 1, 0, -1, Integer.MIN_VALUE})
    void refusesSmallerChunkSizesAsAnAttack(int bytes) {
        try (ChunkReader reader = new ChunkReader(UnpooledByteBufAllocator.DEFAULT)) {
            assertThatThrownBy(() -> reader.setChunkSize(bytes))
                    .isInstanceOfSatisfying(
                            RtmpException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_CHUNK));
        }
    }

    @Test
    void forgetsAnAbortedMessage() {
        try (ChunkReader reader = new ChunkReader(UnpooledByteBufAllocator.DEFAULT)) {
            byte[] begun = wire().fmt0(6, 0, 200, VIDEO, 1).add(counting(128)).bytes();
            assertThat(reader.read(Unpooled.wrappedBuffer(begun))).isInstanceOf(ChunkResult.NeedMoreBytes.class);
            reader.abort(6);
            reader.abort(60);
            byte[] next = wire().fmt0(6, 3, 1, VIDEO, 1).add("AA").bytes();
            assertThat(dump(reader.read(Unpooled.wrappedBuffer(next)))).isEqualTo("VIDEO 3ms stream 1: aa");
        }
    }

    @Test
    void refusesAMessageThatBeginsInTheMiddleOfAnother() {
        WireBytes wire = wire().fmt0(6, 0, 200, VIDEO, 1)
                .add(counting(128))
                .fmt0(6, 0, 200, VIDEO, 1)
                .add(counting(128));
        assertBreaks(wire, Reason.BAD_CHUNK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"83 000000 00", "C3 00"})
    void refusesAChunkStreamThatBeginsWithoutALength(String hex) {
        assertBreaks(wire().add(hex), Reason.BAD_CHUNK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "06 000000 800001 09 01000000",
                "06 000000 800001 08 01000000",
                "06 000000 010001 14 00000000",
                "06 000000 010001 12 00000000",
                "06 000000 010001 63 00000000",
                "02 000000 000401 04 00000000",
            })
    void refusesAMessageThatIsTooLongByItsHeaderAlone(String hex) {
        assertBreaks(wire().add(hex), Reason.LIMIT_EXCEEDED);
    }

    @Test
    void refusesAMessageThatIsLongerThanAllowedNow() {
        try (ChunkReader reader = new ChunkReader(UnpooledByteBufAllocator.DEFAULT)) {
            reader.limitPayload(1_000);
            ByteBuf in =
                    Unpooled.wrappedBuffer(wire().fmt0(6, 0, 1_001, VIDEO, 1).bytes());
            assertThatThrownBy(() -> reader.read(in)).hasMessageContaining("at most 1000");
        }
    }

    @Test
    void takes64ChunkStreamsAndNoMore() {
        WireBytes wire = wire();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            wire.u8(0).u8(i).add("000000 000001 08 01000000 AA");
            expected.add("AUDIO 0ms stream 1: aa");
        }
        assertThat(read(List.of(wire.bytes()))).isEqualTo(expected);
        assertBreaks(wire.u8(0).u8(64).add("000000 000001 08 01000000 AA"), Reason.LIMIT_EXCEEDED);
    }

    @Test
    void takesMemoryOnlyAsBytesCome() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(/* preferDirect= */ false);
        try (ChunkReader reader = new ChunkReader(allocator)) {
            reader.read(Unpooled.wrappedBuffer(
                    wire().fmt0(6, 0, 8 << 20, VIDEO, 1).add("AA").bytes()));
            assertThat(allocator.metric().usedHeapMemory()).isLessThanOrEqualTo(4 << 10);
        }
    }

    @Test
    void limitsTheBytesOfAllUnfinishedMessagesTogether() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(/* preferDirect= */ false);
        try (ChunkReader reader = new ChunkReader(allocator)) {
            reader.setChunkSize(8 << 20);
            byte[] almostWhole = new byte[(8 << 20) - 1];
            for (int id = 10; id < 12; id++) {
                // One byte short each, so that another chunk stream may follow.
                reader.setChunkSize(almostWhole.length);
                byte[] header = wire().fmt0(id, 0, 8 << 20, VIDEO, 1).bytes();
                reader.read(Unpooled.wrappedBuffer(header, almostWhole));
            }
            ByteBuf third = Unpooled.wrappedBuffer(
                    wire().fmt0(12, 0, 8 << 20, VIDEO, 1).add("010203").bytes());
            assertThatThrownBy(() -> reader.read(third))
                    .isInstanceOfSatisfying(
                            RtmpException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED));
        }
    }

    private static void assertReads(WireBytes wire, String... messages) {
        for (List<byte[]> pieces : Feeding.everyWay(wire.bytes())) {
            assertThat(read(pieces)).containsExactly(messages);
        }
    }

    private static void assertBreaks(WireBytes wire, Reason reason) {
        for (List<byte[]> pieces : Feeding.everyWay(wire.bytes())) {
            assertThatThrownBy(() -> read(pieces))
                    .isInstanceOfSatisfying(
                            RtmpException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        }
    }

    /// Reads pieces with a new reader, and checks that all memory comes back.
    private static List<String> read(List<byte[]> pieces) {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(/* preferDirect= */ false);
        List<String> messages = new ArrayList<>();
        try (ChunkReader reader = new ChunkReader(allocator)) {
            for (byte[] piece : pieces) {
                ByteBuf in = Unpooled.wrappedBuffer(piece);
                ChunkResult result = reader.read(in);
                while (result instanceof ChunkResult.MessageRead) {
                    messages.add(dump(result));
                    result = reader.read(in);
                }
                assertThat(in.isReadable()).isFalse();
            }
        }
        assertThat(allocator.metric().usedHeapMemory()).isZero();
        return messages;
    }

    private static ChunkResult.MessageRead messageRead(ChunkResult result) {
        assertThat(result).isInstanceOf(ChunkResult.MessageRead.class);
        return (ChunkResult.MessageRead) result;
    }

    private static String dump(ChunkResult result) {
        ChunkResult.MessageRead read = messageRead(result);
        return "%s %dms stream %d: %s"
                .formatted(
                        read.type(), read.timestampMs(), read.messageStreamId(), ByteBufUtil.hexDump(read.payload()));
    }

    private static String hexOf(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
