package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.media.MediaKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.BitSet;

/// The header of an enhanced audio or video tag, and where the payload of each track is.
///
/// ```
/// video: 1 1 | frame type 3 | packet type 4      audio: 1001 4 | packet type 4
/// packet type 7 (ModEx), repeated: size less 1 8 (255: size less 1 16) | data | ModEx type 4 | packet type 4
/// packet type multitrack:          multitrack type 4 | packet type 4
/// FourCC 32 (not for many tracks with many codecs)
/// multitrack, for each track:      FourCC 32 (many codecs only) | track id 8 | size 24 (not for one track) | payload
/// ```
///
/// Call `read`, then `nextTrack` as long as it finds one. The nanoseconds that a ModEx may add to a time stamp are
/// passed over: they are less than the millisecond that time stamps have.
///
/// Source: Enhanced RTMP v2, sections "Enhanced Audio" and "Enhanced Video".
final class EnhancedHeader {
    private static final int ONE_TRACK = 0;
    private static final int MANY_TRACKS = 1;
    private static final int MANY_TRACKS_MANY_CODECS = 2;

    /// No `AvMultitrackType`, but what tags without one have: the default track alone.
    private static final int DEFAULT_TRACK_ONLY = -1;

    private static final int LONG_SIZE = 256;

    private final MediaKind kind;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private int position;
    private EnhancedPacketType packetType = EnhancedPacketType.UNKNOWN;
    private int multitrackType;
    private final BitSet seen = new BitSet();
    private boolean begun;
    private int trackId;
    private int fourCc;
    private int payloadEnd;

    EnhancedHeader(MediaKind kind) {
        this.kind = kind;
    }

    /// Reads what all tracks share of a body whose first byte has been found to be enhanced; its indexes stay as they
    /// are.
    void read(ByteBuf tagBody) throws FlvException {
        body = tagBody;
        position = tagBody.readerIndex();
        payloadEnd = position;
        begun = false;
        seen.clear();
        trackId = 0;
        multitrackType = DEFAULT_TRACK_ONLY;
        packetType = nextPacketType();
        while (packetType == EnhancedPacketType.MOD_EX) {
            skipModEx();
        }
        if (packetType == EnhancedPacketType.MULTITRACK) {
            int types = next();
            multitrackType = types >>> 4;
            packetType = EnhancedPacketType.of(kind, types & 0xF);
        }
        if (hasSharedFourCc()) {
            fourCc = nextFourCc();
        }
    }

    /// Goes on to the next track.
    ///
    /// @return false if there is none
    boolean nextTrack() throws FlvException {
        boolean first = !begun;
        begun = true;
        return switch (multitrackType) {
            case DEFAULT_TRACK_ONLY -> {
                payloadEnd = body.writerIndex();
                yield first;
            }
            case ONE_TRACK -> {
                trackId = first ? next() : trackId;
                payloadEnd = body.writerIndex();
                yield first;
            }
            case MANY_TRACKS, MANY_TRACKS_MANY_CODECS -> nextOfMany(first);
            default -> false;
        };
    }

    EnhancedPacketType packetType() {
        return packetType;
    }

    /// Number of the track that was found.
    int trackId() {
        return trackId;
    }

    /// Its codec's four letters as one number.
    int fourCc() {
        return fourCc;
    }

    /// Its payload, a view.
    ByteBuf payload() {
        return body.slice(position, payloadEnd - position);
    }

    private boolean hasSharedFourCc() {
        return switch (multitrackType) {
            case DEFAULT_TRACK_ONLY -> kind == MediaKind.AUDIO || packetType != EnhancedPacketType.METADATA;
            case ONE_TRACK, MANY_TRACKS -> true;
            default -> false;
        };
    }

    private boolean nextOfMany(boolean first) throws FlvException {
        position = first ? position : payloadEnd;
        if (position >= body.writerIndex()) {
            return false;
        }
        if (multitrackType == MANY_TRACKS_MANY_CODECS) {
            fourCc = nextFourCc();
        }
        trackId = next();
        if (seen.get(trackId)) {
            throw new FlvException(Reason.BAD_MULTITRACK, "track " + trackId + " is there twice");
        }
        seen.set(trackId);
        require(3);
        int bytes = body.getUnsignedMedium(position);
        position += 3;
        require(bytes);
        payloadEnd = position + bytes;
        return true;
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
