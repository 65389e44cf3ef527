package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// Takes an FLV file apart into its tags.
///
/// ```
/// "FLV" 24 | version 8 | flags 8 | header bytes 32 (9, or more to pass over) | previous tag size 32
/// reserved 2 | filter 1 | tag type 5 | body bytes 24 | timestamp 24 | timestamp's high byte 8 | stream id 24 |
///   body | previous tag size 32
/// ```
///
/// Feed it a buffer to whose end bytes are appended; it takes whole tags from its front. Sizes of previous tags are
/// not looked at, because writers get them wrong; tags of unknown types are passed over. Source: FLV 10.1, annex
/// E.2 to E.4.
public final class FlvFileReader {
    /// As for an RTMP message. A tag of this size would be one second at 64 Mbit/s.
    public static final int MAX_BODY_BYTES = 8 << 20;

    /// The field has 32 bits, but no version has a header of more than 9 bytes.
    private static final int MAX_FILE_HEADER_BYTES = 1_024;

    private static final int SIGNATURE = 0x464C56;
    private static final int FILE_HEADER_BYTES = 9;
    private static final int TAG_HEADER_BYTES = 11;
    private static final int PREVIOUS_TAG_SIZE_BYTES = 4;
    private static final int FILTER = 0b10_0000;

    private boolean headerRead;

    /// What one call found in the bytes that it was given.
    public sealed interface Result {
        /// No whole tag is there; append bytes and call again. At the end of a file: the end.
        record NeedMoreBytes() implements Result {}

        /// A tag, taken from the buffer's front.
        record TagRead(FlvTag tag) implements Result {}
    }

    /// Takes the next tag from the buffer's front.
    public Result read(ByteBuf in) throws FlvException {
        if (!headerRead && !readFileHeader(in)) {
            return new Result.NeedMoreBytes();
        }
        while (wholeTagIn(in)) {
            Optional<FlvTag> tag = readTag(in);
            if (tag.isPresent()) {
                return new Result.TagRead(tag.get());
            }
        }
        return new Result.NeedMoreBytes();
    }

    private boolean readFileHeader(ByteBuf in) throws FlvException {
        if (in.readableBytes() < FILE_HEADER_BYTES) {
            return false;
        }
        int start = in.readerIndex();
        long headerBytes = in.getUnsignedInt(start + 5);
        if (in.getUnsignedMedium(start) != SIGNATURE
                || headerBytes < FILE_HEADER_BYTES
                || headerBytes > MAX_FILE_HEADER_BYTES) {
            throw new FlvException(Reason.BAD_FILE, "no FLV file header");
        }
        int skipped = (int) headerBytes + PREVIOUS_TAG_SIZE_BYTES;
        if (in.readableBytes() < skipped) {
            return false;
        }
        in.skipBytes(skipped);
        headerRead = true;
        return true;
    }

    private static boolean wholeTagIn(ByteBuf in) throws FlvException {
        if (in.readableBytes() < TAG_HEADER_BYTES) {
            return false;
        }
        int bodyBytes = in.getUnsignedMedium(in.readerIndex() + 1);
        if (bodyBytes > MAX_BODY_BYTES) {
            throw new FlvException(Reason.TOO_LARGE, "FLV tag of " + bodyBytes + " bytes");
        }
        return in.readableBytes() >= TAG_HEADER_BYTES + bodyBytes + PREVIOUS_TAG_SIZE_BYTES;
    }

    private static Optional<FlvTag> readTag(ByteBuf in) throws FlvException {
        int typeByte = in.readUnsignedByte();
        if ((typeByte & FILTER) != 0) {
            throw new FlvException(Reason.BAD_FILE, "FLV tag is encrypted");
        }
        int bodyBytes = in.readUnsignedMedium();
        long timestampMs = in.readUnsignedMedium() | ((long) in.readUnsignedByte() << 24);
        in.skipBytes(3); // stream id, always 0
        ByteBuf body = in.readSlice(bodyBytes);
        in.skipBytes(PREVIOUS_TAG_SIZE_BYTES);
        int typeId = typeByte & 0b1_1111;
        for (FlvTag.Type type : FlvTag.Type.values()) {
            if (type.id() == typeId) {
                return Optional.of(new FlvTag(type, timestampMs, body));
            }
        }
        return Optional.empty();
    }
}
