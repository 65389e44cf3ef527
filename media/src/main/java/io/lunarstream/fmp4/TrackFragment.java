package io.lunarstream.fmp4;

import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Track;
import io.lunarstream.media.bytes.SizeForecast;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The samples of one track in the fragment that is being written: a table, and their bytes one after the other.
final class TrackFragment {
    private static final int INITIAL_SAMPLES = 64;

    /// Enough for a part of audio; larger ones are learned from the fragments before.
    private static final int INITIAL_PAYLOAD_BYTES = 8_192;

    /// What a fragment that begins with a sync sample needs; for video it is larger than the others.
    private final SizeForecast syncFragments = new SizeForecast(INITIAL_PAYLOAD_BYTES);

    private final SizeForecast otherFragments = new SizeForecast(INITIAL_PAYLOAD_BYTES);

    private final Track track;
    private final ByteBufAllocator allocator;

    private int count;
    private long[] dts = new long[INITIAL_SAMPLES];
    private int[] sizes = new int[INITIAL_SAMPLES];
    private int[] compositionOffsets = new int[INITIAL_SAMPLES];
    private boolean[] syncs = new boolean[INITIAL_SAMPLES];

    /// Holds one reference while there are samples.
    private @Nullable ByteBuf payload;

    TrackFragment(Track track, ByteBufAllocator allocator) {
        this.track = track;
        this.allocator = allocator;
    }

    Track track() {
        return track;
    }

    boolean isVideo() {
        return track.kind() == MediaKind.VIDEO;
    }

    int count() {
        return count;
    }

    long firstDts() {
        return dts[0];
    }

    int size(int index) {
        return sizes[index];
    }

    int compositionOffset(int index) {
        return compositionOffsets[index];
    }

    int flags(int index) {
        return SampleFlags.of(syncs[index]);
    }

    /// Ticks up to the next sample, or to the end for the last one.
    int duration(int index, long endDts) {
        long next = index + 1 < count ? dts[index + 1] : endDts;
        long duration = next - dts[index];
        if (duration < 0 || duration > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("sample at " + dts[index] + " followed by " + next);
        }
        return (int) duration;
    }

    int payloadBytes() {
        return payload == null ? 0 : payload.readableBytes();
    }

    void add(Sample sample) {
        if (count == sizes.length) {
            grow();
        }
        ByteBuf data = sample.data();
        dts[count] = sample.dts();
        sizes[count] = data.readableBytes();
        compositionOffsets[count] = sample.compositionOffset();
        syncs[count] = sample.sync();
        if (payload == null) {
            payload = allocator.buffer(Math.max(forecast().bytes(), data.readableBytes()));
        }
        payload.writeBytes(data, data.readerIndex(), data.readableBytes());
        count++;
    }

    /// Hands the bytes over to the caller, who releases them, and begins anew.
    ByteBuf takePayload() {
        ByteBuf taken = payload;
        if (taken == null) {
            return Unpooled.EMPTY_BUFFER;
        }
        forecast().learn(taken.readableBytes());
        payload = null;
        count = 0;
        return taken;
    }

    /// Of the open fragment, which has a sample.
    private SizeForecast forecast() {
        return syncs[0] ? syncFragments : otherFragments;
    }

    private void grow() {
        int capacity = sizes.length * 2;
        dts = Arrays.copyOf(dts, capacity);
        sizes = Arrays.copyOf(sizes, capacity);
        compositionOffsets = Arrays.copyOf(compositionOffsets, capacity);
        syncs = Arrays.copyOf(syncs, capacity);
    }
}
