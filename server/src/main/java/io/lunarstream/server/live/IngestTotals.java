package io.lunarstream.server.live;

import java.util.concurrent.atomic.LongAdder;

/// What all publishers together have sent since the start; it only grows. Safe to call from any thread.
public final class IngestTotals {
    private final LongAdder bytes = new LongAdder();
    private final LongAdder pictures = new LongAdder();
    private final LongAdder audioFrames = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder repairs = new LongAdder();

    IngestTotals() {}

    /// Bytes of audio and video, without RTMP's own.
    public long bytes() {
        return bytes.sum();
    }

    public long pictures() {
        return pictures.sum();
    }

    public long audioFrames() {
        return audioFrames.sum();
    }

    /// Pictures that came without a codec configuration or before a keyframe.
    public long dropped() {
        return dropped.sum();
    }

    /// Time stamps that were repaired.
    public long repairs() {
        return repairs.sum();
    }

    void received(long moreBytes, long morePictures, long moreAudioFrames) {
        bytes.add(moreBytes);
        pictures.add(morePictures);
        audioFrames.add(moreAudioFrames);
    }

    void mended(long moreDropped, long moreRepairs) {
        dropped.add(moreDropped);
        repairs.add(moreRepairs);
    }
}
