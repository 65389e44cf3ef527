package io.lunarstream.server.publisher;

import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvFileReader;
import io.lunarstream.flv.FlvFileReader.Result;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.server.demo.Demo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// An FLV file in the making, for tests. Source: FLV 10.1, annex E.2 to E.4.
public final class FlvBytes {
    private final ByteBuf bytes =
            Unpooled.buffer().writeBytes(ByteBufUtil.decodeHexDump("464c56010500000009" + "00000000"));

    /// Appends a tag.
    FlvBytes tag(FlvTag.Type type, long timestampMs, String bodyHex) {
        return tag(type, timestampMs, Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(bodyHex)));
    }

    private FlvBytes tag(FlvTag.Type type, long timestampMs, ByteBuf body) {
        int length = body.readableBytes();
        bytes.writeByte(type.id()).writeMedium(length);
        bytes.writeMedium((int) timestampMs)
                .writeByte((int) (timestampMs >>> 24))
                .writeMedium(0);
        bytes.writeBytes(body, body.readerIndex(), length).writeInt(11 + length);
        return this;
    }

    /// Appends a keyframe of H.264 without content.
    FlvBytes video(long timestampMs) {
        return tag(FlvTag.Type.VIDEO, timestampMs, "1701000000");
    }

    /// Appends a frame of AAC without content.
    FlvBytes audio(long timestampMs) {
        return tag(FlvTag.Type.AUDIO, timestampMs, "af01");
    }

    /// Appends the codec configurations of both, with the time stamp 0 as usual.
    FlvBytes configurations() {
        return tag(FlvTag.Type.VIDEO, 0, "1700000000").tag(FlvTag.Type.AUDIO, 0, "af00");
    }

    byte[] toArray() {
        return ByteBufUtil.getBytes(bytes);
    }

    /// The demo's clip.
    public static byte[] testPicture() {
        try (InputStream clip = Demo.class.getResourceAsStream("test-picture.flv")) {
            if (clip == null) {
                throw new AssertionError("the clip is missing");
            }
            return clip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The beginning of the demo's clip.
    public static byte[] testPicture(long untilMs) {
        FlvBytes beginning = new FlvBytes();
        ByteBuf in = Unpooled.wrappedBuffer(testPicture());
        FlvFileReader reader = new FlvFileReader();
        try {
            while (reader.read(in) instanceof Result.TagRead(FlvTag(FlvTag.Type type, long timestampMs, ByteBuf body))
                    && timestampMs < untilMs) {
                beginning.tag(type, timestampMs, body);
            }
        } catch (FlvException e) {
            throw new AssertionError(e);
        }
        return beginning.toArray();
    }
}
