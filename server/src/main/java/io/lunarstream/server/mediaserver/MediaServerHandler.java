package io.lunarstream.server.mediaserver;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.Shape;
import io.lunarstream.server.mediaserver.MediaServer.Kind;
import io.lunarstream.server.mediaserver.MediaServerRegistry.Registered;
import io.lunarstream.server.mediaserver.MediaServerRegistry.Registration;
import io.lunarstream.server.mediaserver.MediaServers.Load;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// The endpoints of media servers: which have room, for partners; all of them, for operators.
public final class MediaServerHandler {
    private final MediaServers mediaServers;
    private final MediaServerRegistry registry;

    public MediaServerHandler(MediaServers mediaServers, MediaServerRegistry registry) {
        this.mediaServers = mediaServers;
        this.registry = registry;
    }

    public List<Route> routes() {
        String collection = Route.BASE + "/admin/media-servers";
        return List.of(
                Route.get(Route.BASE + "/media-servers/available", Access.PARTNER, this::available),
                Route.get(collection, Access.ADMIN, this::list),
                Route.post(collection, Access.ADMIN, this::register),
                Route.postWithoutBody(collection + "/{id}/drain", Access.ADMIN, changing(registry::drain)),
                Route.postWithoutBody(collection + "/{id}/resume", Access.ADMIN, changing(registry::resume)),
                Route.delete(collection + "/{id}", Access.ADMIN, changing(registry::remove)));
    }

    private Response available(Request request) {
        new Shape(request).check();
        return Response.ok(mediaServers.available().stream()
                .map(MediaServerView::forPartners)
                .toList());
    }

    private Response list(Request request) {
        new Shape(request).checkFields();
        return Response.ok(
                registry.list().stream().map(MediaServerView::forOperators).toList());
    }

    private Response register(Request request) {
        Shape shape = new Shape(request);
        Registration registration = new Registration(
                shape.body().requiredText("name"),
                shape.body().requiredText("region"),
                shape.body().requiredWord("kind", List.of(Kind.values()), Kind::apiName),
                shape.body().requiredText("rtmpServer"),
                shape.body().requiredText("hlsBaseUrl"),
                shape.body().requiredInteger("maxStreams"));
        shape.checkFields();
        Registered registered = registry.register(registration);
        return Response.created(MediaServerView.registered(
                registered.load(), registered.secret().secretText()));
    }

    /// Does something to the one that the path names, and shows what became of it.
    private static Function<Request, Response> changing(Function<UUID, Load> change) {
        return request -> {
            Shape shape = new Shape(request);
            UUID id = shape.pathId("id");
            shape.checkFields();
            return Response.ok(MediaServerView.forOperators(change.apply(id)));
        };
    }
}
