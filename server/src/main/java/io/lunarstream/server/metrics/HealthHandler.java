package io.lunarstream.server.metrics;

import io.lunarstream.server.cluster.Valkey;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Whether the service works, for people, load balancers and orchestrators.
///
/// Source: the Partner API, public endpoints.
public final class HealthHandler {

    /// The body of `/health`.
    ///
    /// @param status `ok` or `unavailable`
    /// @param version of this program
    /// @param checks what was looked at: `ok` or `unavailable` each
    private record Health(String status, String version, Map<String, String> checks) {}

    private final Database database;
    private final Optional<Valkey> valkey;
    private final String version;

    /// @param valkey what nodes share, where there are several
    public HealthHandler(Database database, Optional<Valkey> valkey, String version) {
        this.database = database;
        this.valkey = valkey;
        this.version = version;
    }

    /// Health answers under the base path and at the root.
    public List<Route> routes() {
        return Stream.of("", Route.BASE)
                .flatMap(base -> Stream.of(
                        Route.get(base + "/health", Access.PUBLIC, this::ready),
                        Route.get(base + "/health/ready", Access.PUBLIC, this::ready),
                        Route.get(base + "/health/live", Access.PUBLIC, this::live)
                                .onEventLoop()))
                .map(Route::unlimited)
                .toList();
    }

    /// Whether requests can be served: everything they need is there. Valkey they do without.
    private Response ready(Request request) {
        boolean isReady = database.isUp();
        Map<String, String> checks = new TreeMap<>(Map.of("database", word(isReady)));
        valkey.ifPresent(shared -> checks.put("valkey", word(shared.isUp())));
        return Response.bare(isReady ? 200 : 503, new Health(word(isReady), version, checks));
    }

    private static String word(boolean works) {
        return works ? "ok" : "unavailable";
    }

    /// Whether the process runs: a restart would not mend what it depends on.
    private Response live(Request request) {
        return Response.bare(200, new Health("ok", version, Map.of()));
    }
}
