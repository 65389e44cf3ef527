package io.lunarstream.server.livestream;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.Shape;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The endpoints of media nodes: what they tell, and what they ask beside push-auth.
public final class MediaNodeHandler {
    private static final String PATH = Route.BASE + "/media-node";

    private final NodeBroadcasts broadcasts;
    private final PublicLivestreams inMemory;

    public MediaNodeHandler(NodeBroadcasts broadcasts, PublicLivestreams inMemory) {
        this.broadcasts = broadcasts;
        this.inMemory = inMemory;
    }

    public List<Route> routes() {
        return List.of(
                Route.post(PATH + "/report", Access.MEDIA_SERVER, this::report),
                Route.get(PATH + "/livestreams/{streamKey}", Access.MEDIA_SERVER, this::absence));
    }

    private Response report(Request request) {
        Shape shape = new Shape(request);
        NodeReport report = new NodeReportFields(shape.body()).read();
        shape.checkKnownFields();
        UUID node = request.mediaNodeId();
        return Response.ok(Map.of("streams", broadcasts.report(node, NodeReportFields.checked(report))));
    }

    /// Why there is nothing to play at a stream key.
    private Response absence(Request request) {
        request.mediaNodeId();
        return Response.ok(Map.of(
                "absence",
                StreamAbsences.of(inMemory.find(request.pathParameter("streamKey")))
                        .apiName()));
    }
}
