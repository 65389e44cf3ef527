package io.lunarstream.server.pushtoken;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import java.util.List;

/// The public signing keys, for media servers that verify push tokens themselves.
public final class JwksHandler {

    /// How long a reader may keep the keys, in seconds: a retired key is gone everywhere after this.
    private static final String CACHE_CONTROL = "public, max-age=60";

    private final SigningKeys keys;

    public JwksHandler(SigningKeys keys) {
        this.keys = keys;
    }

    public List<Route> routes() {
        return List.of(Route.get("/.well-known/jwks.json", Access.PUBLIC, this::jwks)
                .onEventLoop()
                .unlimited());
    }

    private Response jwks(Request request) {
        return Response.bare(200, keys.publicJwks()).with("Cache-Control", CACHE_CONTROL);
    }
}
