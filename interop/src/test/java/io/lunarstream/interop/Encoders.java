package io.lunarstream.interop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The encoders that tests have started: while one of them sends, its playlists have to grow.
final class Encoders {
    private static final Map<ChildProcess, String> ADDRESSES = new ConcurrentHashMap<>();

    private Encoders() {}

    /// @param address where the encoder sends to, stream key included
    static ChildProcess sending(ChildProcess encoder, String address) {
        ADDRESSES.keySet().removeIf(other -> !other.isRunning());
        ADDRESSES.put(encoder, address);
        return encoder;
    }

    static boolean areSendingTo(String streamKey) {
        return ADDRESSES.entrySet().stream()
                .anyMatch(entry ->
                        entry.getValue().contains(streamKey) && entry.getKey().isRunning());
    }
}
