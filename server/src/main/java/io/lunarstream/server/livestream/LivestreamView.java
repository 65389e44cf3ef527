package io.lunarstream.server.livestream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A livestream as partners see it. Source: the Partner API, partner endpoints.
///
/// @param hlsPaths the addresses of `hlsSources`
/// @param rmtpServer the older revision's spelling of `rtmpServer`
/// @param rtmpsServer where encoders send to with TLS; absent where there is none
/// @param previewPlayback the page that plays it
/// @param ingest absent unless a publisher is connected or the reconnect window runs
/// @param viewers playback sessions now
/// @param pushToken the secret; only where one was just made, like the two after it
/// @param streamKeyWithToken what an encoder's "stream key" field takes
/// @param streamKeyWithParams the older revision's name of `streamKeyWithToken`
record LivestreamView(
        UUID id,
        UUID projectId,
        String name,
        Optional<String> externalId,
        Map<String, String> metadata,
        LivestreamStatus status,
        String streamKey,
        List<HlsSource> hlsSources,
        List<String> hlsPaths,
        String rtmpServer,
        String rmtpServer,
        @JsonInclude(Include.NON_EMPTY) Optional<String> rtmpsServer,
        String previewPlayback,
        ServerView mediaServer,
        Instant pushTokenExpiresAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> endReason,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(Include.NON_EMPTY) Optional<IngestView> ingest,
        int viewers,
        @JsonInclude(Include.NON_EMPTY) Optional<String> pushToken,
        @JsonInclude(Include.NON_EMPTY) Optional<String> streamKeyWithToken,
        @JsonInclude(Include.NON_EMPTY) Optional<String> streamKeyWithParams) {

    /// A place that the livestream's HLS can be had from.
    record HlsSource(String name, String url) {}

    /// The media server it lives on.
    record ServerView(UUID id, String name, String region) {}
}
