package io.lunarstream.server.mediaserver;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.Shape;
import io.lunarstream.server.mediaserver.MediaServers.Load;
import java.util.List;
import java.util.UUID;

/// The endpoints of media servers.
public final class MediaServerHandler {

    /// A media server as the API shows it. `rmtpServer` is the older revision's spelling.
    private record View(
            UUID id,
            String name,
            String region,
            MediaServer.Status status,
            String rtmpServer,
            String rmtpServer,
            String hlsBaseUrl,
            Capacity capacity) {

        static View of(Load load) {
            MediaServer server = load.server();
            return new View(
                    server.id(),
                    server.name(),
                    server.region(),
                    server.status(),
                    server.rtmpServer(),
                    server.rtmpServer(),
                    server.hlsBaseUrl(),
                    new Capacity(server.maxStreams(), load.activeStreams()));
        }
    }

    private record Capacity(int maxStreams, int activeStreams) {}

    private final MediaServers mediaServers;

    public MediaServerHandler(MediaServers mediaServers) {
        this.mediaServers = mediaServers;
    }

    public List<Route> routes() {
        return List.of(Route.get(Route.BASE + "/media-servers/available", Access.PARTNER, this::available));
    }

    private Response available(Request request) {
        new Shape(request).check();
        return Response.ok(mediaServers.available().stream().map(View::of).toList());
    }
}
