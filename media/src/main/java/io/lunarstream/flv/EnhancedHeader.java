package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Unsupported;
import io.lunarstream.media.MediaKind;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// The header of an enhanced audio or video tag, of which we read as much as names the codec.
///
/// ```
/// video: 1 1 | frame type 3 | packet type 4      audio: 1001 4 | packet type 4
/// packet type 7 (ModEx), repeated: size less 1 8 (255: and 16 more) | data | ModEx type 4 | packet type 4
/// packet type multitrack:          multitrack type 4 | packet type 4
/// FourCC 32 (not for many tracks with many codecs)
/// ```
///
/// Source: Enhanced RTMP v2, sections "Enhanced Audio" and "Enhanced Video".
final class EnhancedHeader {
    private static final int MOD_EX = 7;
    private static final int VIDEO_METADATA = 4;
    private static final int VIDEO_MULTITRACK = 6;
    private static final int AUDIO_MULTITRACK = 5;
    private static final int MANY_TRACKS_MANY_CODECS = 2;
    private static final int FOUR_CC_BYTES = 4;
    private static final int LONG_SIZE = 256;

    private final MediaKind kind;
    private final ByteBuf body;
    private int position;
    private int packetType;

    private EnhancedHeader(MediaKind kind, ByteBuf body) {
        this.kind = kind;
        this.body = body;
        this.position = body.readerIndex();
    }

    /// Reads a body whose first byte has been found to be enhanced.
    static FlvPacket read(MediaKind kind, ByteBuf body) throws FlvException {
        return new EnhancedHeader(kind, body).read();
    }

    private FlvPacket read() throws FlvException {
        packetType = next() & 0xF;
        while (packetType == MOD_EX) {
            skipModEx();
        }
        if (kind == MediaKind.VIDEO && packetType == VIDEO_METADATA) {
            return new Ignored(Ignored.Why.METADATA);
        }
        if (packetType == (kind == MediaKind.VIDEO ? VIDEO_MULTITRACK : AUDIO_MULTITRACK)) {
            int multitrackType = next() >>> 4;
            return new Unsupported(
                    kind, "multitrack" + (multitrackType == MANY_TRACKS_MANY_CODECS ? "" : " " + fourCc()));
        }
        return new Unsupported(kind, fourCc());
    }

    private void skipModEx() throws FlvException {
        int size = next() + 1;
        if (size == LONG_SIZE) {
            size = ((next() << 8) | next()) + 1;
        }
        position += size;
        packetType = next() & 0xF;
    }

    private int next() throws FlvException {
        require(1);
        return body.getUnsignedByte(position++);
    }

    /// The four letters, whatever cannot be shown as a dot: they go to logs and to the encoder.
    private String fourCc() throws FlvException {
        require(FOUR_CC_BYTES);
        return body.toString(position, FOUR_CC_BYTES, StandardCharsets.ISO_8859_1)
                .replaceAll("[^ -~]", ".");
    }

    private void require(int bytes) throws FlvException {
        if (body.writerIndex() - position < bytes) {
            throw new FlvException(Reason.TRUNCATED, "enhanced " + kind + " header is cut off");
        }
    }
}
