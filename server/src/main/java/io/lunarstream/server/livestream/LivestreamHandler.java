package io.lunarstream.server.livestream;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.Change;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.http.Page;
import io.lunarstream.server.http.PageRequest;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.Shape;
import io.lunarstream.server.livestream.LivestreamCreation.CreateCommand;
import io.lunarstream.server.livestream.LivestreamService.TokenCommand;
import io.lunarstream.server.livestream.LivestreamService.UpdateCommand;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// The endpoints of livestreams.
public final class LivestreamHandler {
    private final LivestreamCreation creation;
    private final LivestreamService service;
    private final PublicLivestreams inMemory;
    private final LivestreamViews views;

    public LivestreamHandler(
            LivestreamCreation creation, LivestreamService service, PublicLivestreams inMemory, LivestreamViews views) {
        this.creation = creation;
        this.service = service;
        this.inMemory = inMemory;
        this.views = views;
    }

    public List<Route> routes() {
        String collection = Route.BASE + "/livestream";
        return List.of(
                Route.post(collection, Access.PARTNER, this::create),
                Route.get(collection, Access.PARTNER, this::list),
                Route.post(collection + "/generate-push-token", Access.PARTNER, this::generateToken),
                Route.get(collection + "/{id}", Access.PARTNER, this::get),
                Route.patch(collection + "/{id}", Access.PARTNER, this::update),
                Route.delete(collection + "/{id}", Access.PARTNER, this::delete),
                Route.postWithoutBody(collection + "/{id}/end", Access.PARTNER, this::end),
                Route.get(Route.BASE + "/livestreams/stream-info/{streamKey}", Access.PUBLIC, this::streamInfo)
                        .onEventLoopIf(this::knownStreamInfo));
    }

    private Response create(Request request) {
        Shape shape = new Shape(request);
        String name = shape.body().requiredText("name");
        shape.bodyProject(/* required= */ true);
        UUID mediaServerId = shape.body().requiredUuid("mediaServerId");
        Optional<BigInteger> expiresIn = shape.body().integer("expiresIn");
        Optional<String> externalId = shape.body().text("externalId");
        Map<String, String> metadata = shape.body().textMap("metadata").orElse(Map.of());
        Optional<String> idempotencyKey = shape.idempotencyKey();
        UUID project = shape.check();
        return Response.created(views.newbornView(creation.create(
                new CreateCommand(project, mediaServerId, name, expiresIn, externalId, metadata),
                idempotencyKey.map(text -> new IdempotencyKey(project, text, request.bodySha256())))));
    }

    private Response list(Request request) {
        Shape shape = new Shape(request);
        PageRequest page = shape.query().page();
        Optional<LivestreamStatus> status = shape.query().word("status", LivestreamStatus.values());
        Optional<String> search = shape.query().text("search");
        UUID project = shape.check();
        Page<Livestream> found = service.list(new LivestreamFilter(project, status, search), page);
        return Response.page(found.items().stream().map(views::view).toList(), page, found.total());
    }

    private Response get(Request request) {
        Shape shape = new Shape(request);
        UUID id = shape.pathId("id");
        UUID project = shape.check();
        return Response.ok(views.view(service.get(project, id)));
    }

    private Response update(Request request) {
        Shape shape = new Shape(request);
        UUID id = shape.pathId("id");
        shape.body().requireAnyOf("name, externalId, metadata, mediaServerId");
        Optional<String> name = shape.body().textIfGiven("name");
        Change<String> externalId = shape.body().textChange("externalId");
        Change<Map<String, String>> metadata = shape.body().textMapChange("metadata");
        Optional<UUID> mediaServerId = shape.body().uuidIfGiven("mediaServerId");
        UUID project = shape.check();
        return Response.ok(
                views.view(service.update(new UpdateCommand(project, id, name, externalId, metadata, mediaServerId))));
    }

    private Response end(Request request) {
        Shape shape = new Shape(request);
        UUID id = shape.pathId("id");
        UUID project = shape.check();
        return Response.ok(views.view(service.end(project, id)));
    }

    private Response delete(Request request) {
        Shape shape = new Shape(request);
        UUID id = shape.pathId("id");
        UUID project = shape.check();
        return Response.ok(views.view(service.delete(project, id)));
    }

    private Response generateToken(Request request) {
        Shape shape = new Shape(request);
        UUID livestreamId = shape.body().requiredUuid("livestreamId");
        Optional<BigInteger> expiresIn = shape.body().integer("expiresIn");
        boolean revokePrevious = shape.body().flag("revokePrevious").orElse(false);
        shape.bodyProject(/* required= */ false);
        UUID project = shape.check();
        return Response.created(views.tokenView(
                service.generateToken(new TokenCommand(project, livestreamId, expiresIn, revokePrevious))));
    }

    private Optional<Supplier<Response>> knownStreamInfo(Request request) {
        return inMemory.atHand(request.pathParameter("streamKey"))
                .map(livestream -> () -> Response.ok(views.publicView(livestream)));
    }

    private Response streamInfo(Request request) {
        return inMemory.find(request.pathParameter("streamKey"))
                .map(livestream -> Response.ok(views.publicView(livestream)))
                .orElseThrow(() -> new ApiException(ErrorCode.LIVESTREAM_NOT_FOUND));
    }
}
