package io.lunarstream.server;

import io.lunarstream.server.command.TestPicture;
import io.lunarstream.server.config.Addresses;
import java.nio.file.Path;
import java.util.Optional;

/// What a start tells its operator: an address for each thing, and commands to copy.
///
/// @param version of the program
/// @param apiKey the first project's key, while the credentials file holds it
/// @param credentials where the credentials file is
record StartReport(
        String version, Addresses addresses, Bootstrap bootstrap, Optional<String> apiKey, Path credentials) {

    String text() {
        return """
                Lunar Stream %s

                  API           %s
                %s\
                  RTMP          %s
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
                addresses.httpsUrl().map(url -> "  HTTPS         " + url + "\n").orElse(""),
                addresses.rtmpServer(),
                addresses
                        .rtmpsServer()
                        .map(url -> "  RTMPS         " + url + "\n")
                        .orElse(""),
                addresses.hlsBaseUrl(),
                addresses.previewPlayback("{streamKey}"),
                addresses.managementUrl(),
                bootstrap.projectId(),
                bootstrap.mediaServerId(),
                keyLine(),
                administratorLine(),
                addresses.apiUrl(),
                apiKey.orElse("YOUR_API_KEY"),
                bootstrap.projectId(),
                bootstrap.mediaServerId(),
                TestPicture.command(addresses.rtmpServer() + "/KEY"));
    }

    private String keyLine() {
        return apiKey.map(key -> key + "  (also in " + credentials + ")")
                .orElse("not shown: " + credentials
                        + " no longer holds it, and only its hash is stored; use the key noted at the first start");
    }

    /// The password is printed by the start that makes it, and by no other.
    private String administratorLine() {
        return bootstrap
                .newAccount()
                .map(account ->
                        account.email().text() + ", password " + account.password() + "  (also in " + credentials + ")")
                .orElse("see adminEmail and adminPassword in " + credentials
                        + "; a lost password: ./lunar account password");
    }
}
