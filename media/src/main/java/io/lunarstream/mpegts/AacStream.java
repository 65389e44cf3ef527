package io.lunarstream.mpegts;

import io.lunarstream.media.Sample;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.aac.AdtsHeader;
import io.lunarstream.media.aac.AudioSpecificConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// AAC: some frames, each with its ADTS header, gathered into one PES packet that carries the time of the first.
///
/// With a packet of its own for each frame, stuffing would double the bytes of audio of 64 kbit/s. Frames of one
/// packet follow each other without a gap, because only the first one's time is written.
final class AacStream implements ElementaryStream {
    /// How long a packet may be, from its first frame to its last: short enough to arrive well before its time.
    static final int MAX_PACKET_MS = 100;

    /// As much as 1 Mbit/s makes in that time; with the largest possible frame on top a packet still stays below the
    /// 65 535 bytes that its length field can say.
    static final int MAX_PACKET_BYTES = 12_288;

    private final AudioSpecificConfig config;
    private final Timescale timescale;
    private final TsPacketWriter packets;
    private final boolean carriesPcr;
    private final long frameTicks;
    private final long maxPacketTicks;

    private final ByteBuf header = Unpooled.buffer(PesHeader.MAX_BYTES);
    private final ByteBuf gathered = Unpooled.buffer();
    private long firstDts;
    private long expectedDts;

    AacStream(AudioSpecificConfig config, Timescale timescale, TsPacketWriter packets, boolean carriesPcr) {
        this.config = config;
        this.timescale = timescale;
        this.packets = packets;
        this.carriesPcr = carriesPcr;
        this.frameTicks = new Timescale(config.samplingFrequency()).convert(config.samplesPerFrame(), timescale);
        this.maxPacketTicks = timescale.ofMillis(MAX_PACKET_MS);
    }

    @Override
    public void write(Sample sample, ByteBuf out, PcrClock pcrClock) {
        ByteBuf frame = sample.data();
        if (gathered.isReadable() && !fits(sample)) {
            flush(out, pcrClock);
        }
        if (!gathered.isReadable()) {
            firstDts = sample.dts();
            expectedDts = firstDts;
        }
        expectedDts += frameTicks;
        AdtsHeader.write(gathered, config, frame.readableBytes());
        gathered.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
    }

    private boolean fits(Sample sample) {
        boolean follows = Math.abs(sample.dts() - expectedDts) <= frameTicks / 2;
        return follows
                && sample.dts() + frameTicks - firstDts <= maxPacketTicks
                && gathered.readableBytes() + sample.data().readableBytes() + AdtsHeader.BYTES <= MAX_PACKET_BYTES;
    }

    @Override
    public void flush(ByteBuf out, PcrClock pcrClock) {
        if (!gathered.isReadable()) {
            return;
        }
        long clock = MpegTime.clock(firstDts, timescale);
        header.clear();
        PesHeader.write(header, StreamType.AAC_ADTS.streamId(), gathered.readableBytes(), MpegTime.stamp(clock));
        long pcr = pcrClock.next(packets, clock, out);
        packets.startUnit(out, header.readableBytes() + gathered.readableBytes(), carriesPcr, pcr);
        packets.put(header, 0, header.readableBytes());
        packets.put(gathered, 0, gathered.readableBytes());
        gathered.clear();
    }
}
