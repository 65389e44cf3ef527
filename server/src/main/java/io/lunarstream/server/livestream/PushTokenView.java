package io.lunarstream.server.livestream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A push token just made, as partners see it. Source: the Partner API, partner endpoints.
///
/// @param expiresIn whole seconds
/// @param rmtpServer the older revision's spelling of `rtmpServer`
/// @param rtmpsServer where encoders send to with TLS; absent where there is none
/// @param streamKeyWithParams the older revision's name of `streamKeyWithToken`
record PushTokenView(
        UUID livestreamId,
        String streamKey,
        String pushToken,
        long expiresIn,
        Instant expiresAt,
        String rtmpServer,
        String rmtpServer,
        @JsonInclude(Include.NON_EMPTY) Optional<String> rtmpsServer,
        String streamKeyWithToken,
        String streamKeyWithParams) {}
