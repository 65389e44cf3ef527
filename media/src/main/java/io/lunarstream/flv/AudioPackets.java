package io.lunarstream.flv;

import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;

/// Reads the payloads of one audio codec, whatever the tags around them are.
sealed interface AudioPackets permits AacPackets, OpusPackets, FlacPackets, Ac3Packets {

    /// Reads the codec configuration, which some codecs leave empty.
    FlvPacket configuration(ByteBuf record) throws FlvException, MalformedException;

    /// Reads a frame; it is not empty.
    FlvPacket frame(ByteBuf payload) throws FlvException, MalformedException;
}
