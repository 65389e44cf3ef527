package io.lunarstream.media.vp9;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Vp9ConfigurationTest {
    private static final String RECORD = "001f820202020000";

    @ParameterizedTest
    @CsvSource({
        "01000000000a820202020000, vp09.00.10.08",
        "010000000015820202020000, vp09.00.21.08",
        "010000000115860202020000, vp09.01.21.08",
        RECORD + ", vp09.00.31.08",
        "0233a60909090000, vp09.02.51.10"
    })
    void readsAndWritesWhatEncodersSendWithABoxsHeaderOrWithout(String hex, String name) throws MalformedException {
        Vp9Configuration configuration = read(hex);
        assertThat(configuration.rfc6381()).isEqualTo(name);
        ByteBuf out = Unpooled.buffer();
        configuration.write(out);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(hex.substring(hex.length() - 16));
    }

    @Test
    void refusesToBeCutOff() {
        for (int length = 0; length < RECORD.length(); length += 2) {
            String cut = RECORD.substring(0, length);
            assertThatThrownBy(() -> read(cut)).hasMessage("vpcC is cut off");
        }
    }

    @ParameterizedTest
    @CsvSource({"041f820202020000, VP9 profile is 4", "001f920202020000, VP9 bitDepth is 9"})
    void refusesWithTheFieldsName(String hex, String message) {
        assertThatThrownBy(() -> read(hex)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "824983420009f005963824, 160, 90, as libvpx writes it",
        "a2498342000282016ac0, 322, 182, profile 1 in 4:4:4",
        "a2498342e014100b5606, 322, 182, profile 1 in RGB",
        "924983422004f802c8, 160, 90, profile 2",
        "b124c1a152004f802c80, 160, 90, profile 3"
    })
    void readsTheSizeOfAKeyFrame(String hex, int width, int height, String what) throws MalformedException {
        ByteBuf frame = buffer(hex);
        assertThat(Vp9FrameHeader.isKeyFrame(frame)).isTrue();
        assertThat(Vp9FrameHeader.read(frame)).as(what).hasValue(new Vp9FrameHeader(width, height));
    }

    @ParameterizedTest
    @ValueSource(strings = {"86004092", "8a", "8e", "a6004092", "b20000", "b40000"})
    void knowsFramesThatNeedOthers(String hex) throws MalformedException {
        assertThat(Vp9FrameHeader.isKeyFrame(buffer(hex))).isFalse();
        assertThat(Vp9FrameHeader.read(buffer(hex))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "82",
                "82498342",
                "824983420009f005",
                "4249834200",
                "82498343000000000000",
                "824983427000",
                "82498342000ffff003f0"
            })
    void refusesABrokenKeyFrame(String hex) {
        assertThatThrownBy(() -> Vp9FrameHeader.read(buffer(hex))).isInstanceOf(MalformedException.class);
    }

    private static Vp9Configuration read(String hex) throws MalformedException {
        return Vp9Configuration.read(buffer(hex));
    }

    private static ByteBuf buffer(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
