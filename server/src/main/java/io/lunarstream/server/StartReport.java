package io.lunarstream.server;

import io.lunarstream.server.command.TestPicture;
import io.lunarstream.server.config.Addresses;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// What a start tells its operator: an address for each thing, and what to do next.
///
/// @param version of the program
record StartReport(String version, Addresses addresses) {

    /// Of a program that does everything.
    String all(StartSecrets secrets, UUID mediaServerId) {
        UUID projectId = secrets.bootstrap().projectId();
        String rtmpServer = addresses.rtmpServer().orElseThrow();
        return """
                Lunar Stream %s

                  API           %s
                %s\
                %s\
                  HLS           %s/{streamKey}/master.m3u8
                  Player        %s
                  Metrics       %s/metrics
                  Project       %s
                  Media server  %s
                  API key       %s
                  Administrator %s

                Create a livestream:

                  curl -s %s/livestream -H 'ls-api-key: %s' -H 'content-type: application/json' \
                -d '{"name":"My first livestream","projectId":"%s","mediaServerId":"%s"}'

                Broadcast a test picture to it (put streamKeyWithToken of the answer in place of KEY), then open \
                previewPlayback of the answer:

                  %s
                """.formatted(
                        version,
                        addresses.apiUrl(),
                        https(),
                        rtmp(),
                        addresses.hlsBaseUrl(),
                        addresses.previewPlayback("{streamKey}"),
                        addresses.managementUrl(),
                        projectId,
                        mediaServerId,
                        secrets.keyLine(),
                        secrets.administratorLine(),
                        addresses.apiUrl(),
                        secrets.apiKey().orElse("YOUR_API_KEY"),
                        projectId,
                        mediaServerId,
                        TestPicture.command(rtmpServer + "/KEY"));
    }

    /// Of an API node.
    String api(StartSecrets secrets) {
        return """
                Lunar Stream %s, an API node

                  API           %s
                %s\
                  Player        %s
                  Metrics       %s/metrics
                  Project       %s
                  API key       %s
                  Administrator %s

                Publishers go to media nodes. Register one, which shows its secret once:

                  ./lunar media-server add media-1 --region eu --kind lunar --max-streams 200 \
                --rtmp-server rtmp://media-1.example.com/live --hls-base-url https://media-1.example.com/hls

                Then start it on its machine:

                  LUNAR_MEDIA_SERVER_SECRET=SECRET LUNAR_API_URLS=%s ./lunar up --role media \
                --public-url https://media-1.example.com
                """.formatted(
                        version,
                        addresses.apiUrl(),
                        https(),
                        addresses.previewPlayback("{streamKey}"),
                        addresses.managementUrl(),
                        secrets.bootstrap().projectId(),
                        secrets.keyLine(),
                        secrets.administratorLine(),
                        addresses.publicUrl());
    }

    /// Of a media node.
    ///
    /// @param apiUrls where it looks for the API
    /// @param apiIsThere whether the API has answered
    String mediaNode(List<URI> apiUrls, boolean apiIsThere) {
        return """
                Lunar Stream %s, a media node

                %s\
                %s\
                  HLS           %s/{streamKey}/master.m3u8
                  Metrics       %s/metrics
                  API           %s  (%s)

                """.formatted(
                        version,
                        https(),
                        rtmp(),
                        addresses.hlsBaseUrl(),
                        addresses.managementUrl(),
                        apiUrls.stream().map(URI::toString).collect(Collectors.joining(", ")),
                        apiIsThere
                                ? "it knows this media server, and gives its livestreams publishers"
                                : "it does not answer yet: no new publisher is let in until it does");
    }

    private String https() {
        return line("HTTPS         ", addresses.httpsUrl());
    }

    private String rtmp() {
        return line("RTMP          ", addresses.rtmpServer()) + line("RTMPS         ", addresses.rtmpsServer());
    }

    private static String line(String name, Optional<String> address) {
        return address.map(url -> "  " + name + url + "\n").orElse("");
    }
}
