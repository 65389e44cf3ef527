package io.lunarstream.flv;

import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;

/// Reads the payloads of one video codec, whatever the tags around them are.
sealed interface VideoPackets permits AvcPackets, HevcPackets, Av1Packets, Vp9Packets {

    /// Whether coded frames begin with a composition time.
    boolean haveCompositionTime();

    /// Reads the codec configuration; it is not empty.
    FlvPacket configuration(ByteBuf record) throws MalformedException;

    /// Reads a picture; it is not empty.
    ///
    /// @param keyFrame whether the tag says that it is one
    /// @param compositionTimeMs PTS less DTS, signed, in milliseconds
    FlvPacket frame(ByteBuf payload, boolean keyFrame, int compositionTimeMs) throws FlvException, MalformedException;
}
