package io.lunarstream.server.livestream;

import java.time.Instant;
import java.util.UUID;

/// A push token just made, as partners see it. Source: the Partner API, partner endpoints.
///
/// @param expiresIn whole seconds
/// @param rmtpServer the older revision's spelling of `rtmpServer`
/// @param streamKeyWithParams the older revision's name of `streamKeyWithToken`
record PushTokenView(
        UUID livestreamId,
        String streamKey,
        String pushToken,
        long expiresIn,
        Instant expiresAt,
        String rtmpServer,
        String rmtpServer,
        String streamKeyWithToken,
        String streamKeyWithParams) {}
