package io.lunarstream.bench.soak;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// One thing that is to happen.
///
/// @param at the earliest time, since the beginning; later if what came before took longer
/// @param stage the encoder's place that it is about, from 0
/// @param salt what its details are drawn from
record Event<K extends Enum<K>>(Duration at, K kind, int stage, long salt) {

    /// For its details: the same for the same event.
    RandomGenerator random() {
        return new SplittableRandom(salt);
    }
}
