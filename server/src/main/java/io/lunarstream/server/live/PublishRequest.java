package io.lunarstream.server.live;

/// What a publisher claims.
///
/// @param streamKey the stream key it wants to send to, unverified
/// @param pushToken the push token it brought, unverified, empty if none
/// @param remoteAddress address of the peer without port, for logs and limits
public record PublishRequest(String streamKey, String pushToken, String remoteAddress) {

    /// Without the token, which is a secret.
    @Override
    public String toString() {
        return "PublishRequest[streamKey=" + streamKey + ", remoteAddress=" + remoteAddress + "]";
    }
}
