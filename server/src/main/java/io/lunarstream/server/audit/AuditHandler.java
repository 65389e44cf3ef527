package io.lunarstream.server.audit;

import io.lunarstream.server.audit.AuditEntry.Actor;
import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Page;
import io.lunarstream.server.http.PageRequest;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.Shape;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The endpoint of the audit log, for operators.
public final class AuditHandler {

    /// An entry as the API shows it.
    ///
    /// @param projectId whose resource it is; null for what belongs to no project
    /// @param requestId what `X-Request-Id` said; null, like the address, for what no request has asked for
    private record View(
            UUID id,
            Instant at,
            ActorView actor,
            String action,
            ResourceView resource,
            Optional<UUID> projectId,
            Optional<String> requestId,
            Optional<String> address) {

        static View of(NamedEntry named) {
            AuditEntry entry = named.entry();
            Actor actor = entry.actor();
            return new View(
                    entry.id(),
                    entry.at(),
                    new ActorView(actor.type(), actor.id(), named.actorName()),
                    entry.action().apiName(),
                    new ResourceView(entry.action().resourceType(), entry.resource()),
                    entry.project(),
                    entry.requestId(),
                    entry.address());
        }
    }

    /// @param name of the account its e-mail
    private record ActorView(String type, Optional<UUID> id, Optional<String> name) {}

    private record ResourceView(String type, Optional<UUID> id) {}

    private final AuditService service;

    public AuditHandler(AuditService service) {
        this.service = service;
    }

    public List<Route> routes() {
        return List.of(Route.get(Route.BASE + "/admin/audit", Access.ADMIN, this::list));
    }

    private Response list(Request request) {
        Shape shape = new Shape(request);
        PageRequest page = shape.query().page();
        AuditFilter filter = new AuditFilter(
                shape.query().word("action", List.of(AuditAction.values()), AuditAction::apiName),
                shape.query().uuid("actorId"),
                shape.query().uuid("resourceId"),
                shape.query().uuid("projectId"));
        shape.checkFields();
        Page<NamedEntry> found = service.list(filter, page);
        return Response.page(found.items().stream().map(View::of).toList(), page, found.total());
    }
}
