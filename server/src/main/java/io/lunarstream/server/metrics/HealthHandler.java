package io.lunarstream.server.metrics;

import io.lunarstream.server.database.Database;
import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import java.util.List;
import java.util.Map;
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
    private final String version;

    public HealthHandler(Database database, String version) {
        this.database = database;
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

    /// Whether requests can be served: everything they need is there.
    private Response ready(Request request) {
        String status = database.isUp() ? "ok" : "unavailable";
        return Response.bare(status.equals("ok") ? 200 : 503, new Health(status, version, Map.of("database", status)));
    }

    /// Whether the process runs: a restart would not mend what it depends on.
    private Response live(Request request) {
        return Response.bare(200, new Health("ok", version, Map.of()));
    }
}
