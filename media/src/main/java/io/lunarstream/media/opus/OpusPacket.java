package io.lunarstream.media.opus;

import io.netty.buffer.ByteBuf;

/// How long an Opus packet lasts, by its first two bytes.
///
/// ```
/// config 5 | stereo 1 | code 2 (0: one frame, 1 and 2: two, 3: as many as the next byte says)
/// vbr 1 | padding 1 | frame count 6
/// ```
///
/// Source: RFC 6716, section 3.1.
public final class OpusPacket {
    /// 120 ms: no packet is longer. Source: RFC 6716, section 3.2.5.
    private static final int MAX_SAMPLES = 5_760;

    private static final int ONE_FRAME = 0;
    private static final int ARBITRARY_FRAMES = 3;
    private static final int FIRST_HYBRID = 12;
    private static final int FIRST_CELT = 16;

    private OpusPacket() {}

    /// Samples at 48 kHz; 0 if the packet is broken.
    public static int samples(ByteBuf packet) {
        if (!packet.isReadable()) {
            return 0;
        }
        int first = packet.getUnsignedByte(packet.readerIndex());
        int code = first & 0b11;
        int frames = switch (code) {
            case ONE_FRAME -> 1;
            case ARBITRARY_FRAMES ->
                packet.readableBytes() < 2 ? 0 : packet.getUnsignedByte(packet.readerIndex() + 1) & 0b11_1111;
            default -> 2;
        };
        int samples = frames * frameSamples(first >>> 3);
        return samples > MAX_SAMPLES ? 0 : samples;
    }

    /// Source: RFC 6716, table 2.
    private static int frameSamples(int config) {
        if (config >= FIRST_CELT) {
            return 120 << (config & 0b11); // 2.5, 5, 10, 20 ms
        }
        if (config >= FIRST_HYBRID) {
            return 480 << (config & 0b1); // 10, 20 ms
        }
        int size = config & 0b11;
        return size == 3 ? 2_880 : 480 << size; // 10, 20, 40, 60 ms
    }
}
