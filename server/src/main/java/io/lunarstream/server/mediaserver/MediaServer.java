package io.lunarstream.server.mediaserver;

import java.util.UUID;

/// A server that takes livestreams in and gives them out.
///
/// @param name unique; the embedded one is `local`
/// @param region where it stands, in the operator's words
/// @param rtmpServer what an encoder's "server" field takes
/// @param hlsBaseUrl what its HLS addresses start with, without a slash at the end
/// @param maxStreams how many publishers it takes
public record MediaServer(
        UUID id, String name, String region, Status status, String rtmpServer, String hlsBaseUrl, int maxStreams) {

    /// Name and region of the embedded one.
    static final String LOCAL = "local";

    /// Whether new livestreams may be put on it.
    public enum Status {
        ONLINE,
        /// Live streams go on, new ones are refused.
        DRAINING,
        OFFLINE
    }
}
