package io.lunarstream.interop;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URI;

/// What the server writes into `credentials.json` before it says `ready`.
@JsonIgnoreProperties(ignoreUnknown = true)
record Credentials(
        String apiUrl, String rtmpUrl, String managementUrl, String projectId, String apiKey, String mediaServerId) {
    /// Scheme, host and port of the API, HLS and the player.
    String httpUrl() {
        return apiUrl.substring(0, apiUrl.length() - "/api/v1".length());
    }

    int rtmpPort() {
        return URI.create(rtmpUrl).getPort();
    }
}
