package io.lunarstream.server.livestream;

import io.lunarstream.server.livestream.LivestreamView.HlsSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What everybody may know of a livestream: no token, no project, no metadata. Source: the Partner API, public
/// endpoints.
///
/// @param rmtpServer the older revision's spelling of `rtmpServer`
record StreamInfoView(
        UUID id,
        String name,
        LivestreamStatus status,
        String streamKey,
        List<HlsSource> hlsSources,
        List<String> hlsPaths,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Instant createdAt,
        String rtmpServer,
        String rmtpServer,
        String previewPlayback,
        Ingest ingest) {

    /// Whether a publisher is connected.
    record Ingest(boolean connected) {}
}
