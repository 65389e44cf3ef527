package io.lunarstream.interop;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URI;

/// What the server writes into `credentials.json` before it says `ready`.
@JsonIgnoreProperties(ignoreUnknown = true)
record Credentials(
        String apiUrl,
        String rtmpUrl,
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

    /// Scheme, host and port of the API, HLS and the player.
    String httpUrl() {
        return apiUrl.substring(0, apiUrl.length() - "/api/v1".length());
    }

    int rtmpPort() {
        return URI.create(rtmpUrl).getPort();
    }
}
