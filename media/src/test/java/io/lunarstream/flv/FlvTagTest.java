package io.lunarstream.flv;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.flv.FlvTag.Role;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlvTagTest {

    @ParameterizedTest
    @CsvSource({
        "SCRIPT_DATA, 02000a, METADATA, metadata",
        "VIDEO, 1700000000, CONFIGURATION, an avcC",
        "VIDEO, 1701000000, FRAME, a keyframe",
        "VIDEO, 2701000000, FRAME, another frame",
        "VIDEO, 1702000000, END, end of sequence",
        "VIDEO, 1c00000000, CONFIGURATION, the configuration of HEVC as codec id 12",
        "VIDEO, 2200, FRAME, a frame of Sorenson H.263",
        "VIDEO, 9068766331, CONFIGURATION, sequence start of hvc1",
        "VIDEO, 9168766331, FRAME, coded frames",
        "VIDEO, a368766331, FRAME, coded frames without composition time",
        "VIDEO, 9268766331, END, sequence end",
        "VIDEO, d468766331, CONFIGURATION, colours",
        "VIDEO, 96006176633101, CONFIGURATION, sequence start of a further track",
        "VIDEO, 96016176633101, FRAME, coded frames of a further track",
        "AUDIO, 95004f70757301, CONFIGURATION, sequence start of a further sound",
        "AUDIO, 95014f70757301, FRAME, a frame of a further sound",
        "AUDIO, af00, CONFIGURATION, an AudioSpecificConfig",
        "AUDIO, af01, FRAME, a frame of AAC",
        "AUDIO, 2f00, FRAME, a frame of MP3",
        "AUDIO, 904f707573, CONFIGURATION, sequence start of Opus",
        "AUDIO, 914f707573, FRAME, a frame of Opus",
        "AUDIO, 944f707573, CONFIGURATION, channels",
        "AUDIO, 924f707573, END, sequence end",
        "AUDIO, '', FRAME, nothing"
    })
    void knowsWhatItIsGoodFor(FlvTag.Type type, String body, Role role, String what) {
        FlvTag tag = new FlvTag(
                type,
                0,
                Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("ff" + body)).skipBytes(1));
        assertThat(tag.role()).as(what).isEqualTo(role);
    }
}
