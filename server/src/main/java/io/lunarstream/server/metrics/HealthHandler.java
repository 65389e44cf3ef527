package io.lunarstream.server.metrics;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
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

    /// Something that this process depends on.
    ///
    /// @param name as in `checks`
    /// @param works whether it can be used now; may block
    /// @param isNeeded whether requests cannot be served without it
    public record Check(String name, BooleanSupplier works, boolean isNeeded) {}

    private final List<Check> checks;
    private final String version;

    public HealthHandler(List<Check> checks, String version) {
        this.checks = List.copyOf(checks);
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
        boolean isReady = true;
        Map<String, String> found = new TreeMap<>();
        for (Check check : checks) {
            boolean works = check.works().getAsBoolean();
            isReady &= works || !check.isNeeded();
            found.put(check.name(), word(works));
        }
        return Response.bare(isReady ? 200 : 503, new Health(word(isReady), version, found));
    }

    private static String word(boolean works) {
        return works ? "ok" : "unavailable";
    }

    /// Whether the process runs: a restart would not mend what it depends on.
    private Response live(Request request) {
        return Response.bare(200, new Health("ok", version, Map.of()));
    }
}
