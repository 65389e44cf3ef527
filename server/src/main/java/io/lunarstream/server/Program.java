package io.lunarstream.server;

import io.lunarstream.server.config.Settings;
import java.time.InstantSource;

/// What `up` starts, by its role.
sealed interface Program extends AutoCloseable permits Server, MediaNode {

    /// Starts it; it is ready on return.
    ///
    /// @param clock ticks in milliseconds, which is what the database keeps
    /// @throws RuntimeException if it cannot start; nothing is left open then
    static Program start(Settings settings, InstantSource clock) {
        return switch (settings.role()) {
            case ALL, API -> Server.start(settings, clock);
            case MEDIA -> MediaNode.start(settings, clock);
        };
    }

    /// What to tell the operator.
    String report();

    /// Lets go of everything: requests at work are answered, no broadcast is ended.
    @Override
    void close();
}
