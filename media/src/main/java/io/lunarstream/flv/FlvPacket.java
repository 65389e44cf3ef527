package io.lunarstream.flv;

import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// What one FLV tag body, that is, one RTMP audio or video message, says.
///
/// Payloads are views: they are valid until the reader's next call, and no longer than the body that was read.
/// Source: FLV 10.1, annex E.4.2 and E.4.3; Enhanced RTMP v2.
public sealed interface FlvPacket {

    /// The sequence header of a video track. Encoders repeat it; compare before taking it for a change.
    record VideoConfiguration(Codec codec) implements FlvPacket {}

    /// A coded picture.
    ///
    /// @param sync whether a decoder can start here: marked as a key frame, and one indeed
    /// @param compositionTimeMs PTS less DTS, signed, in milliseconds
    /// @param data as the track's [Codec] says, not empty
    record VideoFrame(boolean sync, int compositionTimeMs, ByteBuf data) implements FlvPacket {}

    /// The sequence header of an audio track. Encoders repeat it; compare before taking it for a change.
    record AudioConfiguration(Codec codec) implements FlvPacket {}

    /// A coded audio frame, without header and not empty.
    record AudioFrame(ByteBuf data) implements FlvPacket {}

    /// A frame that brings along what its codec's sequence header does not say: VP9's size, all of AC-3. Comes first
    /// and at each change.
    ///
    /// @param codec from this frame on
    /// @param frame a [VideoFrame] or an [AudioFrame]
    record FrameWithConfiguration(Codec codec, FlvPacket frame) implements FlvPacket {}

    /// Packets of other tracks than the default one, or of several tracks: multitrack.
    ///
    /// @param packets at least one, in the order of the body
    record Multitrack(List<TrackPacket> packets) implements FlvPacket {

        public Multitrack {
            packets = List.copyOf(packets);
        }
    }

    /// What a body says of one of its tracks.
    ///
    /// @param trackId the track's number among those of its kind: 0 is the default one
    /// @param packet anything but a [Multitrack]
    record TrackPacket(int trackId, FlvPacket packet) {

        /// What a body with these says: that of the default track alone is no multitrack.
        static FlvPacket together(List<TrackPacket> packets) {
            if (packets.isEmpty()) {
                return new Ignored(Ignored.Why.UNKNOWN_PACKET_TYPE);
            }
            boolean onlyDefault = packets.size() == 1 && packets.getFirst().trackId() == 0;
            return onlyDefault ? packets.getFirst().packet() : new Multitrack(packets);
        }
    }

    /// The encoder's word that no more pictures come.
    record VideoEnd() implements FlvPacket {}

    /// Nothing to carry on, and no fault either.
    record Ignored(Why why) implements FlvPacket {
        /// Why a packet is passed over.
        public enum Why {
            /// A body, frame or sequence header without content.
            EMPTY,
            /// A seek command or another note to the player (frame type 5).
            COMMAND,
            /// Facts about the picture beside the picture, such as its colours.
            METADATA,
            /// A frame before the first codec configuration: nobody could decode it.
            NO_CONFIGURATION_YET,
            /// A sequence header that a frame has to complete.
            INCOMPLETE_CONFIGURATION,
            /// One track more of this kind than are read.
            FURTHER_TRACK,
            /// The encoder's word that no more audio comes.
            END_OF_AUDIO,
            /// A packet type that is not specified.
            UNKNOWN_PACKET_TYPE
        }
    }

    /// Media in a codec that is not carried.
    ///
    /// @param kind of which the codec is
    /// @param codec its name for people, or its FourCC
    record Unsupported(MediaKind kind, String codec) implements FlvPacket {}
}
