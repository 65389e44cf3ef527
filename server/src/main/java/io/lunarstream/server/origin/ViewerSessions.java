package io.lunarstream.server.origin;

import io.lunarstream.server.http.ClientAddresses;
import io.lunarstream.server.live.ViewerSession;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tells which viewer a request comes from, although all viewers have the same addresses: by the session that the
/// player names, or else by network address and kind of player.
///
/// Players name their session by Common Media Client Data (CTA-5004, key `sid`) or, Apple's, by a header of their own.
record ViewerSessions(ClientAddresses clients) {
    private static final String APPLE_SESSION = "X-Playback-Session-Id";
    private static final String CMCD_SESSION = "CMCD-Session";

    /// A session id in a header, or percent-encoded in a query. Source: CTA-5004, at most 64 characters.
    private static final Pattern CMCD_ID = Pattern.compile("sid(?:=|%3D)(?:\"|%22)([^\"%]{1,64})");

    ViewerSession of(HttpServerRequest request) {
        String player = Stream.of(
                        Optional.ofNullable(request.getHeader(APPLE_SESSION)),
                        cmcd(request.getHeader(CMCD_SESSION)),
                        cmcd(request.query()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> Objects.requireNonNullElse(request.getHeader("User-Agent"), ""));
        return ViewerSession.of(clients.network(request), player);
    }

    private static Optional<String> cmcd(@Nullable String data) {
        if (data == null) {
            return Optional.empty();
        }
        Matcher id = CMCD_ID.matcher(data);
        return id.find() ? Optional.of(id.group(1)) : Optional.empty();
    }
}
