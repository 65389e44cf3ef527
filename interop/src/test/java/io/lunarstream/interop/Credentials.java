package io.lunarstream.interop;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What the server writes into `credentials.json` before it says `ready`.
@JsonIgnoreProperties(ignoreUnknown = true)
record Credentials(
        String apiUrl,
        @Nullable String rtmpUrl,
        String managementUrl,
        String projectId,
        String apiKey,
        String mediaServerId,
        String adminEmail,
        String adminPassword) {

    /// Those of a partner who creates livestreams on another media server.
    Credentials onMediaServer(String id) {
        return new Credentials(apiUrl, rtmpUrl, managementUrl, projectId, apiKey, id, adminEmail, adminPassword);
    }

    /// Those of the same partner at another API node.
    Credentials at(Credentials node) {
        return new Credentials(
                node.apiUrl, rtmpUrl, node.managementUrl, projectId, apiKey, mediaServerId, adminEmail, adminPassword);
    }

    /// Scheme, host and port of the API, HLS and the player.
    String httpUrl() {
        return apiUrl.substring(0, apiUrl.length() - "/api/v1".length());
    }

    int httpPort() {
        return URI.create(apiUrl).getPort();
    }

    /// 0 where there is no ingest.
    int rtmpPort() {
        return rtmpUrl == null ? 0 : URI.create(rtmpUrl).getPort();
    }
}
