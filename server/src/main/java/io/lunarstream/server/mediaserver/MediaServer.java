package io.lunarstream.server.mediaserver;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// A server that takes livestreams in and gives them out.
///
/// @param name unique; the embedded one is `local`
/// @param region where it stands, in the operator's words
/// @param kind which program it runs
/// @param rtmpServer what an encoder's "server" field takes
/// @param rtmpsServer the same with TLS, if there is one
/// @param hlsBaseUrl what its HLS addresses start with, without a slash at the end
/// @param maxStreams how many publishers it takes
/// @param nodeLoad what it has said of itself last, if it is a media node
public record MediaServer(
        UUID id,
        String name,
        String region,
        Kind kind,
        Status status,
        String rtmpServer,
        Optional<String> rtmpsServer,
        String hlsBaseUrl,
        int maxStreams,
        Optional<NodeLoad> nodeLoad) {

    /// One that has not said anything of itself.
    MediaServer(
            UUID id,
            String name,
            String region,
            Kind kind,
            Status status,
            String rtmpServer,
            Optional<String> rtmpsServer,
            String hlsBaseUrl,
            int maxStreams) {
        this(
                id,
                name,
                region,
                kind,
                status,
                rtmpServer,
                rtmpsServer,
                hlsBaseUrl,
                maxStreams,
                /* nodeLoad= */ Optional.empty());
    }

    /// Name and region of the embedded one.
    static final String LOCAL = "local";

    /// Whether it is the one in this process.
    boolean isEmbedded() {
        return name.equals(LOCAL);
    }

    /// Whether new livestreams may be put on it.
    public enum Status {
        ONLINE,
        /// By an operator: what is live goes on, new livestreams are refused.
        DRAINING,
        /// It has not reported yet, or no longer does.
        OFFLINE
    }

    /// Which program it runs.
    public enum Kind {
        LUNAR,
        SRS,
        ZLMEDIAKIT,
        /// Keeps only 255 bytes of a stream name with its parameters.
        NGINX_RTMP;

        /// As the API and the database spell it: `nginx-rtmp`.
        public String apiName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// By its word in the API; empty for any other text.
        public static Optional<Kind> ofApiName(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.apiName().equals(word))
                    .findFirst();
        }
    }
}
