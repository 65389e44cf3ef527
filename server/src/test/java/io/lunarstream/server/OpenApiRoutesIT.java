package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.contract.Operation;
import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.ratelimit.RateLimit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The document and the program have the same endpoints, with the same access and the same limits.
class OpenApiRoutesIT {
    /// A line that both can write.
    private static String line(String method, String template, String access, Optional<String> limit) {
        return method + " " + template + ", for " + access + ", limited by " + limit.orElse("nothing");
    }

    @Test
    void everyRouteIsDocumentedAndEverythingDocumentedIsARoute(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            List<String> routes = server.routes().stream()
                    .map(route -> line(
                            route.method(),
                            route.template(),
                            route.access().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                            limit(route)))
                    .toList();
            List<String> documented = TestClient.CONTRACT.operations().stream()
                    .filter(operation -> !operation.elsewhere() && !isOfTheOrigin(operation))
                    .map(operation ->
                            line(operation.method(), operation.template(), operation.access(), operation.rateLimit()))
                    .toList();
            assertThat(documented).containsExactlyInAnyOrderElementsOf(routes);
        }
    }

    /// The origin is no route: its paths lie below its prefixes.
    private static boolean isOfTheOrigin(Operation operation) {
        return operation.template().startsWith("/hls/") || operation.template().startsWith("/live/");
    }

    private static Optional<String> limit(Route route) {
        return route.limited() ? limit(route.access()).map(RateLimit::policyName) : Optional.empty();
    }

    private static Optional<RateLimit> limit(Access access) {
        return switch (access) {
            case PARTNER -> Optional.of(RateLimit.PARTNER);
            case PUBLIC -> Optional.of(RateLimit.PUBLIC);
            case CREDENTIALS -> Optional.of(RateLimit.LOGINS);
            case MEDIA_SERVER, ADMIN -> Optional.empty();
        };
    }
}
