package io.lunarstream.server.cdn;

import io.lunarstream.server.config.Settings.Cdn;
import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The endpoint of the CDNs' health, for operators.
public final class CdnHandler {

    /// A CDN as the API shows it.
    ///
    /// @param latencyMs of the last check that went well; null, like the times, before there was one
    private record View(
            String name,
            String url,
            CdnStatus status,
            Optional<Instant> checkedAt,
            Optional<Instant> lastSuccessAt,
            Optional<Long> latencyMs,
            Optional<CdnState.Fault> lastError) {

        static View of(Cdn cdn, CdnState state) {
            return new View(
                    cdn.name(),
                    cdn.url(),
                    state.status(),
                    state.checkedAt(),
                    state.lastSuccessAt(),
                    state.latency().map(Duration::toMillis),
                    state.lastError());
        }
    }

    private final CdnHealth health;

    public CdnHandler(CdnHealth health) {
        this.health = health;
    }

    public List<Route> routes() {
        return List.of(Route.get(Route.BASE + "/admin/cdn", Access.ADMIN, this::list));
    }

    private Response list(Request request) {
        new Shape(request).checkFields();
        return Response.ok(health.cdns().stream()
                .map(cdn -> View.of(cdn, health.state(cdn)))
                .toList());
    }
}
