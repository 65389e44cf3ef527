package io.lunarstream.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.dump.Clip;
import io.lunarstream.flv.FlvException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlvFileReaderTest {
    private static final String HEADER = "464c5601050000000900000000";
    private static final String TAG = "0900000300012c0000000027abcd0000000e";
    private static final String TAG_TEXT = "VIDEO 300 27abcd";

    @Test
    void readsAClipTheSameWhole_ByteByByte_AndCutAnywhere() throws FlvException {
        byte[] clip = Clip.bytes("h264-aac.flv");
        List<String> whole = readInPieces(clip, clip.length);
        assertThat(whole).hasSize(1 + 2 + 30 + 53 + 1).first().asString().startsWith("SCRIPT_DATA 0 02000a");
        assertThat(readInPieces(clip, 1)).isEqualTo(whole);
        for (int cut = 0; cut < clip.length; cut += 7) {
            FlvFileReader reader = new FlvFileReader();
            ByteBuf in = Unpooled.buffer().writeBytes(clip, 0, cut);
            List<String> tags = new ArrayList<>(tags(reader, in));
            in.writeBytes(clip, cut, clip.length - cut);
            tags.addAll(tags(reader, in));
            assertThat(tags).as("cut at " + cut).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @CsvSource({
        TAG + ", as written by the book",
        "0900000300012c0000000027abcdffffffff, a wrong previous tag size",
        "0900000300012c0000000527abcd0000000e, a stream id",
        "c900000300012c0000000027abcd0000000e, reserved bits"
    })
    void readsATag(String tag, String what) throws FlvException {
        assertThat(tags(HEADER + tag)).as(what).containsExactly(TAG_TEXT);
    }

    @Test
    void readsTimestampsOf32Bits() throws FlvException {
        assertThat(tags(HEADER + "08000001fffffeff000000af0000000c")).containsExactly("AUDIO 4294967294 af");
    }

    @Test
    void passesOverALongerHeaderAndUnknownTags() throws FlvException {
        String longHeader = "464c5601050000000bffff00000000";
        String unknown = "0a0000010000000000000055" + "0000000c";
        assertThat(tags(longHeader + unknown + TAG)).containsExactly(TAG_TEXT);
    }

    @Test
    void waitsForTheRestOfATag() throws FlvException {
        String file = HEADER + TAG;
        for (int length = 0; length < file.length(); length += 2) {
            assertThat(tags(file.substring(0, length))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "474c5601050000000900000000, BAD_FILE, another signature",
        "464c5601050000000800000000, BAD_FILE, a header that is too short",
        "464c560105ffffffff00000000, BAD_FILE, a header of 4 GiB",
        HEADER + "2900000300012c0000000027abcd0000000e, BAD_FILE, an encrypted tag",
        HEADER + "0980000100012c00000000, TOO_LARGE, a body of more than 8 MiB"
    })
    void refuses(String file, Reason reason, String what) {
        assertThatThrownBy(() -> tags(file))
                .as(what)
                .isInstanceOfSatisfying(
                        FlvException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static List<String> readInPieces(byte[] file, int pieceBytes) throws FlvException {
        FlvFileReader reader = new FlvFileReader();
        ByteBuf in = Unpooled.buffer();
        List<String> tags = new ArrayList<>();
        for (int at = 0; at < file.length; at += pieceBytes) {
            in.writeBytes(file, at, Math.min(pieceBytes, file.length - at));
            tags.addAll(tags(reader, in));
            in.discardReadBytes();
        }
        return tags;
    }

    private static List<String> tags(String hex) throws FlvException {
        return tags(new FlvFileReader(), Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private static List<String> tags(FlvFileReader reader, ByteBuf in) throws FlvException {
        List<String> tags = new ArrayList<>();
        while (reader.read(in) instanceof FlvFileReader.Result.TagRead(FlvTag(var type, long timestampMs, var body))) {
            tags.add(type + " " + timestampMs + " " + ByteBufUtil.hexDump(body));
        }
        return tags;
    }
}
