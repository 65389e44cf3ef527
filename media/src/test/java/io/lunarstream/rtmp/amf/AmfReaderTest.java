package io.lunarstream.rtmp.amf;

import static io.lunarstream.rtmp.AmfBytes.bool;
import static io.lunarstream.rtmp.AmfBytes.date;
import static io.lunarstream.rtmp.AmfBytes.ecmaArray;
import static io.lunarstream.rtmp.AmfBytes.join;
import static io.lunarstream.rtmp.AmfBytes.longString;
import static io.lunarstream.rtmp.AmfBytes.nothing;
import static io.lunarstream.rtmp.AmfBytes.number;
import static io.lunarstream.rtmp.AmfBytes.object;
import static io.lunarstream.rtmp.AmfBytes.property;
import static io.lunarstream.rtmp.AmfBytes.strictArray;
import static io.lunarstream.rtmp.AmfBytes.string;
import static io.lunarstream.rtmp.AmfBytes.undefined;
import static io.lunarstream.rtmp.WireBytes.hex;
import static io.lunarstream.rtmp.WireBytes.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmfReaderTest {

    static Stream<Arguments> goodValues() {
        return Stream.concat(valuesWithoutParts(), valuesWithParts());
    }

    static Stream<Arguments> valuesWithoutParts() {
        return Stream.of(
                Arguments.of(number(-1.5), new AmfNumber(-1.5)),
                Arguments.of(bool(true), new AmfBoolean(true)),
                Arguments.of(hex("01 07"), new AmfBoolean(true)),
                Arguments.of(string("München"), new AmfString("München")),
                Arguments.of(string(""), new AmfString("")),
                Arguments.of(longString("key"), new AmfString("key")),
                Arguments.of(nothing(), AmfValue.NULL),
                Arguments.of(undefined(), new AmfUndefined()),
                Arguments.of(date(1.0e12), new AmfDate(1.0e12, 0)),
                Arguments.of(hex("0D"), new AmfSkipped(0x0D)),
                Arguments.of(hex("07 0001"), new AmfSkipped(0x07)),
                Arguments.of(hex("0F 00000002 3C3E"), new AmfSkipped(0x0F)));
    }

    static Stream<Arguments> valuesWithParts() {
        return Stream.of(
                Arguments.of(object(), new AmfObject(Map.of())),
                Arguments.of(
                        object(property("a", object(property("b", number(1))))),
                        new AmfObject(Map.of("a", new AmfObject(Map.of("b", new AmfNumber(1)))))),
                Arguments.of(
                        wire().add("10 0003 466F6F 0001 61 05 0000 09").bytes(),
                        new AmfObject(Map.of("a", AmfValue.NULL))),
                Arguments.of(
                        strictArray(string("av01"), string("hvc1")),
                        new AmfStrictArray(List.of(new AmfString("av01"), new AmfString("hvc1")))));
    }

    @ParameterizedTest
    @MethodSource("goodValues")
    void readsEachTypeAndWhatFollowsIt(byte[] bytes, AmfValue expected) {
        assertThat(read(bytes)).containsExactly(expected);
        assertThat(read(join(bytes, number(4), bytes))).containsExactly(expected, new AmfNumber(4), expected);
    }

    @ParameterizedTest
    @MethodSource("valuesWithoutParts")
    void refusesValuesThatAreCutOffAnywhere(byte[] bytes, AmfValue expected) {
        assertThat(read(bytes)).containsExactly(expected);
        for (int cut = 1; cut < bytes.length; cut++) {
            byte[] beginning = Arrays.copyOf(bytes, cut);
            assertThatThrownBy(() -> read(beginning)).isInstanceOf(RtmpException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 1_000_000, -1})
    void readsAnEcmaArrayWhateverItsCountSays(int count) {
        byte[] bytes = ecmaArray(count, property("width", number(1280)), property("height", number(720)));
        assertThat(read(join(bytes, nothing())))
                .containsExactly(
                        new AmfEcmaArray(Map.of("width", new AmfNumber(1280), "height", new AmfNumber(720))),
                        AmfValue.NULL);
    }

    @Test
    void readsAnEcmaArrayWithoutItsEnd() {
        byte[] bytes = ecmaArray(1, property("width", number(1280)));
        assertThat(read(Arrays.copyOf(bytes, bytes.length - 3)))
                .containsExactly(new AmfEcmaArray(Map.of("width", new AmfNumber(1280))));
    }

    @Test
    void skipsTheRestAfterATypeOfUnknownLength() {
        byte[] bytes = join(
                string("a"), new byte[] {3}, property("b", number(1)), property("c", hex("11 0A 0B 01")), number(2));
        assertThat(read(bytes))
                .containsExactly(
                        new AmfString("a"), new AmfObject(Map.of("b", new AmfNumber(1), "c", new AmfSkipped(0x11))));
    }

    @Test
    void keepsTheOrderOfProperties() {
        byte[] bytes = object(property("z", nothing()), property("a", nothing()), property("m", nothing()));
        assertThat(((AmfObject) read(bytes).getFirst()).properties().keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void findsTextWhateverTheCaseOfItsName() {
        AmfObject object = new AmfObject(Map.of("tcurl", new AmfString("x"), "n", new AmfNumber(1)));
        assertThat(object.text("tcUrl")).hasValue("x");
        assertThat(object.text("n")).isEmpty();
        assertThat(object.text("app")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 0000",
                "01",
                "02 00",
                "02 0005 61",
                "0C FFFFFFFF 61",
                "0C 00",
                "03 00",
                "03 0005 61",
                "03 0001 61",
                "08 0000",
                "0A 00",
                "0B 00",
                "07 00",
                "10 0001",
            })
    void refusesWhatIsCutOff(String bytes) {
        assertThatThrownBy(() -> read(hex(bytes)))
                .isInstanceOfSatisfying(
                        RtmpException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_AMF));
    }

    @Test
    void takes16LevelsAndNoMore() {
        assertThat(read(nested(16))).hasSize(1);
        assertThatThrownBy(() -> read(nested(17)))
                .isInstanceOfSatisfying(
                        RtmpException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED));
    }

    private static byte[] nested(int depth) {
        byte[] value = nothing();
        for (int i = 1; i < depth; i++) {
            value = i % 2 == 0 ? object(property("a", value)) : strictArray(value);
        }
        return value;
    }

    @Test
    void takes4096ValuesAndNoMore() {
        assertThat(read(nulls(4_096))).hasSize(4_096);
        assertThatThrownBy(() -> read(nulls(4_097)))
                .isInstanceOfSatisfying(
                        RtmpException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED));
    }

    private static byte[] nulls(int count) {
        byte[] nulls = new byte[count];
        Arrays.fill(nulls, (byte) 5);
        return nulls;
    }

    @Test
    void readsBackWhatTheWriterWrites() {
        String longText = "x".repeat(70_000);
        List<AmfValue> values = List.of(
                new AmfNumber(3),
                new AmfBoolean(false),
                new AmfString("ß"),
                new AmfString(longText),
                new AmfDate(5, -60),
                AmfValue.NULL,
                new AmfUndefined(),
                new AmfEcmaArray(Map.of("k", new AmfStrictArray(List.of(AmfValue.NULL)))),
                new AmfObject(Map.of("k", new AmfString(""))));
        ByteBuf out = Unpooled.buffer();
        values.forEach(value -> AmfWriter.write(value, out));
        assertThat(AmfReader.readAll(out)).isEqualTo(values);
    }

    @Test
    void writesTheBytesOfTheSpecification() {
        assertWrites(new AmfNumber(1), number(1));
        assertWrites(new AmfBoolean(true), bool(true));
        assertWrites(new AmfString("live"), string("live"));
        assertWrites(new AmfObject(Map.of("a", AmfValue.NULL)), object(property("a", nothing())));
        assertWrites(new AmfEcmaArray(Map.of("a", AmfValue.NULL)), ecmaArray(1, property("a", nothing())));
        assertWrites(new AmfStrictArray(List.of(AmfValue.NULL)), strictArray(nothing()));
        assertWrites(new AmfDate(7, 0), date(7));
        assertWrites(new AmfSkipped(0x11), undefined());
    }

    private static void assertWrites(AmfValue value, byte[] expected) {
        ByteBuf out = Unpooled.buffer();
        AmfWriter.write(value, out);
        assertThat(ByteBufUtil.getBytes(out)).isEqualTo(expected);
    }

    private static List<AmfValue> read(byte[] bytes) {
        return AmfReader.readAll(Unpooled.wrappedBuffer(bytes));
    }
}
