package io.lunarstream.server.publisher;

/// From when to when the frames of one track last, by their time stamps in milliseconds.
///
/// FLV says when a frame begins and not how long it lasts, and rounds to milliseconds. So the last frame is taken to
/// last as long as the frames before it on average: 1800 frames that begin at 0, 33, 67 … 59 967 ms last 60 000 ms.
final class TrackSpan {
    /// What a single picture, or frames that all have the same time stamp, are taken to last.
    private static final int STILL_MS = 1_000;

    private long firstMs;
    private long lastMs;
    private int frames;

    void add(long timestampMs) {
        firstMs = frames == 0 ? timestampMs : Math.min(firstMs, timestampMs);
        lastMs = frames == 0 ? timestampMs : Math.max(lastMs, timestampMs);
        frames++;
    }

    boolean isEmpty() {
        return frames == 0;
    }

    long startMs() {
        return firstMs;
    }

    long endMs() {
        long betweenMs = lastMs - firstMs;
        return firstMs + (betweenMs == 0 ? STILL_MS : Math.round((double) betweenMs * frames / (frames - 1)));
    }

    void clear() {
        frames = 0;
    }
}
