package io.lunarstream.server.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.lunarstream.server.auth.IssuedApiKey;
import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Page;
import io.lunarstream.server.http.PageRequest;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.Shape;
import io.lunarstream.server.project.ApiKeyService.NewApiKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The endpoints of a project's API keys, for operators.
public final class ApiKeyHandler {

    /// A key as the API shows it.
    ///
    /// @param prefix its first characters, to tell keys apart by sight
    /// @param lastUsedAt to the minute
    /// @param apiKey the secret; only where it was just made
    private record View(
            UUID id,
            String name,
            String prefix,
            Instant createdAt,
            Optional<Instant> lastUsedAt,
            Optional<Instant> revokedAt,
            @JsonInclude(Include.NON_EMPTY) Optional<String> apiKey) {

        static View of(IssuedApiKey key) {
            return of(key, Optional.empty());
        }

        static View of(NewApiKey made) {
            return of(made.issued(), Optional.of(made.key().secretText()));
        }

        private static View of(IssuedApiKey key, Optional<String> secret) {
            return new View(
                    key.id(), key.name(), key.prefix(), key.createdAt(), key.lastUsedAt(), key.revokedAt(), secret);
        }
    }

    private final ApiKeyService service;

    public ApiKeyHandler(ApiKeyService service) {
        this.service = service;
    }

    public List<Route> routes() {
        String collection = Route.BASE + "/admin/projects/{id}/api-keys";
        return List.of(
                Route.get(collection, Access.ADMIN, this::list),
                Route.post(collection, Access.ADMIN, this::create),
                Route.delete(collection + "/{keyId}", Access.ADMIN, this::revoke));
    }

    private Response list(Request request) {
        Shape shape = new Shape(request);
        UUID project = shape.pathId("id");
        PageRequest page = shape.query().page();
        shape.checkFields();
        Page<IssuedApiKey> found = service.list(project, page);
        return Response.page(found.items().stream().map(View::of).toList(), page, found.total());
    }

    private Response create(Request request) {
        Shape shape = new Shape(request);
        UUID project = shape.pathId("id");
        String name = shape.body().requiredText("name");
        shape.checkFields();
        return Response.created(View.of(service.create(project, name)));
    }

    private Response revoke(Request request) {
        Shape shape = new Shape(request);
        UUID project = shape.pathId("id");
        UUID key = shape.pathId("keyId");
        shape.checkFields();
        return Response.ok(View.of(service.revoke(project, key)));
    }
}
