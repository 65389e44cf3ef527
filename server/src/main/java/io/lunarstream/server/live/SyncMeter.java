package io.lunarstream.server.live;

import java.util.OptionalInt;

/// Measures how far the time stamps of audio and video that arrive together are apart.
///
/// Encoders send frames in the order of their time stamps, so that the distance is a few frames. One that grows says
/// that the encoder's clocks drift, or that it is late with one of the two.
final class SyncMeter {
    private long lastPictureMs;
    private boolean pictureSeen;
    private long sumMs;
    private int count;

    void picture(long timestampMs) {
        lastPictureMs = timestampMs;
        pictureSeen = true;
    }

    void audio(long timestampMs) {
        if (pictureSeen) {
            sumMs += (int) (timestampMs - lastPictureMs);
            count++;
        }
    }

    /// How far audio was ahead of video on the average since it was last asked, in milliseconds; negative if it was
    /// behind. Empty if there was nothing to compare.
    OptionalInt measure() {
        OptionalInt distance = count == 0 ? OptionalInt.empty() : OptionalInt.of((int) (sumMs / count));
        sumMs = 0;
        count = 0;
        pictureSeen = false;
        return distance;
    }
}
