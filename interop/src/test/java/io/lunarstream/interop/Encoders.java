package io.lunarstream.interop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The encoders that tests have started: while one of them sends, its playlists have to grow.
final class Encoders {
    private static final Map<String, ChildProcess> BY_ADDRESS = new ConcurrentHashMap<>();

    private Encoders() {}

    /// @param address where the encoder sends to, stream key included; one encoder may send to several
    static ChildProcess sending(ChildProcess encoder, String address) {
        BY_ADDRESS.put(address, encoder);
        return encoder;
    }

    static boolean areSendingTo(String streamKey) {
        return BY_ADDRESS.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey().contains(streamKey) && entry.getValue().isRunning());
    }
}
