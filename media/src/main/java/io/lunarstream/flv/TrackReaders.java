package io.lunarstream.flv;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The readers of one publisher's tracks of one kind, by track number. The default track always has one.
///
/// @param <R> reads the payloads of one track, and remembers its codec
final class TrackReaders<R> {

    /// Tracks of one kind that are read; OBS Studio sends up to 10 encodings of the picture and 6 mixes of the sound.
    static final int MOST_TRACKS = 10;

    private static final int DEFAULT_TRACK = 0;

    private final Supplier<R> maker;
    private final R defaultReader;
    private final Map<Integer, R> further = new HashMap<>();

    /// @param maker makes a reader when a track is met for the first time
    TrackReaders(Supplier<R> maker) {
        this.maker = maker;
        this.defaultReader = maker.get();
    }

    R ofDefaultTrack() {
        return defaultReader;
    }

    /// The reader of a track; empty for one more than are read.
    Optional<R> of(int trackId) {
        if (trackId == DEFAULT_TRACK) {
            return Optional.of(defaultReader);
        }
        if (further.size() < MOST_TRACKS - 1) {
            return Optional.of(further.computeIfAbsent(trackId, _ -> maker.get()));
        }
        return Optional.ofNullable(further.get(trackId));
    }
}
