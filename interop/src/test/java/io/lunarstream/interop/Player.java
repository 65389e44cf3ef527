package io.lunarstream.interop;

import io.lunarstream.bench.playlist.HlsForm;
import java.net.URI;
import java.time.Duration;

/// A foreign player: watches a live stream until it has shown enough of it.
sealed interface Player permits ProgramPlayer, BrowserPlayer {
    /// Three seconds of what the encoders here send.
    int ENOUGH_PICTURES = 90;

    Duration PATIENCE = Duration.ofSeconds(30);

    String label();

    /// What the installed program says that it is.
    String version();

    Played play(URI address, HlsForm form);
}
