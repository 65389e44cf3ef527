package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.media.MediaKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// The header of an enhanced audio or video tag, and where the payload of the default track is.
///
/// ```
/// video: 1 1 | frame type 3 | packet type 4      audio: 1001 4 | packet type 4
/// packet type 7 (ModEx), repeated: size less 1 8 (255: size less 1 16) | data | ModEx type 4 | packet type 4
/// packet type multitrack:          multitrack type 4 | packet type 4
/// FourCC 32 (not for many tracks with many codecs)
/// multitrack, for each track:      FourCC 32 (many codecs only) | track id 8 | size 24 (not for one track) | payload
/// ```
///
/// The nanoseconds that a ModEx may add to a time stamp are passed over: they are less than the millisecond that time
/// stamps have. Source: Enhanced RTMP v2, sections "Enhanced Audio" and "Enhanced Video".
final class EnhancedHeader {
    private static final int ONE_TRACK = 0;
    private static final int MANY_TRACKS = 1;
    private static final int MANY_TRACKS_MANY_CODECS = 2;
    private static final int DEFAULT_TRACK = 0;

    private static final int LONG_SIZE = 256;

    private final MediaKind kind;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private int position;
    private EnhancedPacketType packetType = EnhancedPacketType.UNKNOWN;
    private int fourCc;
    private boolean defaultTrack;
    private int payloadEnd;

    EnhancedHeader(MediaKind kind) {
        this.kind = kind;
    }

    /// Reads a body whose first byte has been found to be enhanced; its indexes stay as they are.
    void read(ByteBuf tagBody) throws FlvException {
        body = tagBody;
        position = tagBody.readerIndex();
        payloadEnd = tagBody.writerIndex();
        defaultTrack = true;
        packetType = nextPacketType();
        while (packetType == EnhancedPacketType.MOD_EX) {
            skipModEx();
        }
        if (packetType == EnhancedPacketType.MULTITRACK) {
            findDefaultTrack();
        } else if (kind == MediaKind.AUDIO || packetType != EnhancedPacketType.METADATA) {
            fourCc = nextFourCc();
        }
    }

    EnhancedPacketType packetType() {
        return packetType;
    }

    /// The codec's four letters as one number.
    int fourCc() {
        return fourCc;
    }

    /// Whether there is something of the default track: the only one, or the one with the id 0.
    boolean hasDefaultTrack() {
        return defaultTrack;
    }

    /// What follows the header, a view.
    ByteBuf payload() {
        return body.slice(position, payloadEnd - position);
    }

    private void findDefaultTrack() throws FlvException {
        int types = next();
        int multitrackType = types >>> 4;
        packetType = EnhancedPacketType.of(kind, types & 0xF);
        switch (multitrackType) {
            case ONE_TRACK -> {
                fourCc = nextFourCc();
                defaultTrack = next() == DEFAULT_TRACK;
            }
            case MANY_TRACKS -> {
                fourCc = nextFourCc();
                defaultTrack = findDefaultTrack(/* manyCodecs= */ false);
            }
            case MANY_TRACKS_MANY_CODECS -> defaultTrack = findDefaultTrack(/* manyCodecs= */ true);
            default -> defaultTrack = false;
        }
    }

    private boolean findDefaultTrack(boolean manyCodecs) throws FlvException {
        while (position < body.writerIndex()) {
            if (manyCodecs) {
                fourCc = nextFourCc();
            }
            int trackId = next();
            require(3);
            int bytes = body.getUnsignedMedium(position);
            position += 3;
            require(bytes);
            if (trackId == DEFAULT_TRACK) {
                payloadEnd = position + bytes;
                return true;
            }
            position += bytes;
        }
        return false;
    }

    private void skipModEx() throws FlvException {
        int size = next() + 1;
        if (size == LONG_SIZE) {
            size = ((next() << 8) | next()) + 1;
        }
        require(size);
        position += size;
        packetType = nextPacketType();
    }

    private EnhancedPacketType nextPacketType() throws FlvException {
        return EnhancedPacketType.of(kind, next() & 0xF);
    }

    private int next() throws FlvException {
        require(1);
        return body.getUnsignedByte(position++);
    }

    private int nextFourCc() throws FlvException {
        require(4);
        position += 4;
        return body.getInt(position - 4);
    }

    private void require(int bytes) throws FlvException {
        if (body.writerIndex() - position < bytes) {
            throw new FlvException(Reason.TRUNCATED, "enhanced " + kind + " header is cut off");
        }
    }
}
