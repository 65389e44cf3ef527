package io.lunarstream.server.project;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Page;
import io.lunarstream.server.http.PageRequest;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.Shape;
import java.util.List;

/// The endpoints of projects, for operators. A [Project] is shown as it is.
public final class ProjectHandler {
    private final ProjectService service;

    public ProjectHandler(ProjectService service) {
        this.service = service;
    }

    public List<Route> routes() {
        String collection = Route.BASE + "/admin/projects";
        return List.of(
                Route.get(collection, Access.ADMIN, this::list), Route.post(collection, Access.ADMIN, this::create));
    }

    private Response list(Request request) {
        Shape shape = new Shape(request);
        PageRequest page = shape.query().page();
        shape.checkFields();
        Page<Project> found = service.list(page);
        return Response.page(found.items(), page, found.total());
    }

    private Response create(Request request) {
        Shape shape = new Shape(request);
        String name = shape.body().requiredText("name");
        shape.checkFields();
        return Response.created(service.create(name));
    }
}
