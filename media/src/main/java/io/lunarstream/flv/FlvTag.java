package io.lunarstream.flv;

import io.netty.buffer.ByteBuf;

/// One tag of an FLV file: what RTMP sends as one message. Source: FLV 10.1, annex E.4.1.
///
/// @param type what the body holds
/// @param timestampMs when it is due, in milliseconds: 32 bits, unsigned
/// @param body a view of the bytes that the reader was given, valid as long as they are
public record FlvTag(Type type, long timestampMs, ByteBuf body) {
    private static final int AVC = 7;
    private static final int PRIVATE_HEVC = 12;
    private static final int AAC = 10;
    private static final int ENHANCED_AUDIO = 9;
    private static final int AUDIO_MULTITRACK = 5;
    private static final int ENHANCED_VIDEO = 0b1000_0000;
    private static final int VIDEO_MULTITRACK = 6;

    /// `TagType`; also the type id of the RTMP message with the same body.
    public enum Type {
        AUDIO(8),
        VIDEO(9),
        SCRIPT_DATA(18);

        private final int id;

        Type(int id) {
            this.id = id;
        }

        public int id() {
            return id;
        }
    }

    /// What a tag is good for: all that one needs to know to pass it on unread.
    public enum Role {
        /// Facts about the media as a whole, such as `onMetaData`.
        METADATA,
        /// What a decoder needs before the frames; it takes no time.
        CONFIGURATION,
        /// A coded picture or audio frame.
        FRAME,
        /// The word that no more of a track comes.
        END
    }

    /// The tag's role, by the first bytes of its body.
    public Role role() {
        return switch (type) {
            case SCRIPT_DATA -> Role.METADATA;
            case AUDIO -> audioRole();
            case VIDEO -> videoRole();
        };
    }

    private Role audioRole() {
        int codecId = at(0) >>> 4;
        if (codecId == ENHANCED_AUDIO) {
            return enhancedRole(AUDIO_MULTITRACK);
        }
        return codecId == AAC && at(1) == 0 ? Role.CONFIGURATION : Role.FRAME;
    }

    private Role videoRole() {
        int first = at(0);
        if ((first & ENHANCED_VIDEO) != 0) {
            return enhancedRole(VIDEO_MULTITRACK);
        }
        int codecId = first & 0xF;
        if (codecId != AVC && codecId != PRIVATE_HEVC) {
            return Role.FRAME;
        }
        return switch (at(1)) {
            case 0 -> Role.CONFIGURATION;
            case 2 -> Role.END;
            default -> Role.FRAME;
        };
    }

    /// By the packet type: sequence start is 0, sequence end 2, and 4 tells of colours or of audio channels.
    ///
    /// @param multitrack the packet type behind which that of the tracks stands
    private Role enhancedRole(int multitrack) {
        int packetType = at(0) & 0xF;
        return switch (packetType == multitrack ? at(1) & 0xF : packetType) {
            case 0, 4 -> Role.CONFIGURATION;
            case 2 -> Role.END;
            default -> Role.FRAME;
        };
    }

    /// A byte of the body; 0 where there is none.
    private int at(int index) {
        return index < body.readableBytes() ? body.getUnsignedByte(body.readerIndex() + index) : 0;
    }
}
