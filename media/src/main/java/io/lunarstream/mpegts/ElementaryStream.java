package io.lunarstream.mpegts;

import io.lunarstream.media.Sample;
import io.netty.buffer.ByteBuf;

/// Turns the samples of one track into PES packets of one PID.
sealed interface ElementaryStream permits AvcStream, AacStream {

    /// Writes a sample, or keeps it until there is enough for a packet.
    void write(Sample sample, ByteBuf out, PcrClock pcrClock);

    /// Writes what has been kept.
    void flush(ByteBuf out, PcrClock pcrClock);
}
