package io.lunarstream.server.livestream;

import io.lunarstream.server.config.Settings.Cdn;
import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.StaticFiles;
import io.lunarstream.server.player.PlayerAssets;
import io.lunarstream.server.player.PlayerPages;
import io.lunarstream.server.player.Preview;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// The page that plays a livestream, and the files that it is made of.
public final class PreviewHandler {
    private final PublicLivestreams livestreams;
    private final CdnOrder cdns;
    private final boolean hasMediaServer;
    private final StaticFiles assets;
    private final PlayerPages pages;

    /// @param hasMediaServer whether the embedded media server is in this process
    public PreviewHandler(PublicLivestreams livestreams, CdnOrder cdns, boolean hasMediaServer, StaticFiles assets) {
        this.livestreams = livestreams;
        this.cdns = cdns;
        this.hasMediaServer = hasMediaServer;
        this.assets = assets;
        this.pages = new PlayerPages(assets);
    }

    public List<Route> routes() {
        return List.of(
                Route.get(Route.BASE + "/livestreams/preview-playback/{streamKey}", Access.PUBLIC, this::page),
                Route.get(PlayerAssets.PREFIX + "{version}/{name}", Access.PUBLIC, assets::answer)
                        .onEventLoop()
                        .unlimited());
    }

    private Response page(Request request) {
        return livestreams
                .find(request.pathParameter("streamKey"))
                .map(livestream -> pages.preview(new Preview(livestream.name(), sources(livestream))))
                .orElseGet(pages::notFound);
    }

    /// The origin first: by its path alone where it is this server, because a phone cannot reach the `localhost` of a
    /// public URL.
    private List<URI> sources(PublicLivestream livestream) {
        List<URI> sources = new ArrayList<>();
        String hls = livestream.isEmbedded() && hasMediaServer ? "/hls" : livestream.hlsBaseUrl();
        sources.add(URI.create(hls + "/" + livestream.streamKey() + "/master.m3u8"));
        for (Cdn cdn : cdns.in(livestream.region())) {
            sources.add(URI.create(cdn.url(livestream.mediaServer()) + "/" + livestream.streamKey() + "/master.m3u8"));
        }
        return sources;
    }
}
