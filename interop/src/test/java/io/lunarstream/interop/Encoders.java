package io.lunarstream.interop;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The encoders that tests have started: while one of them sends, its playlists have to grow.
final class Encoders {
    private static final Set<Sending> ALL = ConcurrentHashMap.newKeySet();

    private record Sending(ChildProcess encoder, String address) {}

    private Encoders() {}

    /// @param address where the encoder sends to, stream key included; one encoder may send to several
    static ChildProcess sending(ChildProcess encoder, String address) {
        ALL.add(new Sending(encoder, address));
        return encoder;
    }

    static boolean areSendingTo(String streamKey) {
        return ALL.stream()
                .anyMatch(sending -> sending.address().contains(streamKey)
                        && sending.encoder().isRunning());
    }
}
