package io.lunarstream.server.livestream;

import io.lunarstream.server.config.Addresses;
import io.lunarstream.server.live.IngestStatus;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.livestream.LivestreamView.HlsSource;
import io.lunarstream.server.livestream.LivestreamView.ServerView;
import io.lunarstream.server.pushtoken.PushToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Adds to a livestream what the API shows beside what is stored: its addresses and what comes in now.
public final class LivestreamViews {
    private final Addresses addresses;
    private final CdnOrder cdns;
    private final LiveStreams live;

    public LivestreamViews(Addresses addresses, CdnOrder cdns, LiveStreams live) {
        this.addresses = addresses;
        this.cdns = cdns;
        this.live = live;
    }

    LivestreamView view(Livestream livestream) {
        Optional<IngestView> ingest = live.ingest(livestream.streamKey())
                .map(IngestView::of)
                .or(() -> livestream.lease().flatMap(Lease::ingest));
        return view(livestream, ingest, Optional.empty());
    }

    /// A livestream just made: nobody can send to it before knowing its token.
    LivestreamView newbornView(LivestreamWithToken made) {
        return view(made.livestream(), Optional.empty(), Optional.of(made.token()));
    }

    private LivestreamView view(Livestream livestream, Optional<IngestView> ingest, Optional<PushToken> token) {
        Livestream.Server server = livestream.mediaServer();
        List<HlsSource> sources =
                hlsSources(server.hlsBaseUrl(), server.name(), server.region(), livestream.streamKey());
        Optional<String> keyWithToken = token.map(made -> keyWithToken(livestream, made));
        return new LivestreamView(
                livestream.id(),
                livestream.projectId(),
                livestream.name(),
                livestream.externalId(),
                livestream.metadata(),
                livestream.status(),
                livestream.streamKey(),
                sources,
                sources.stream().map(HlsSource::url).toList(),
                server.rtmpServer(),
                server.rtmpServer(),
                server.rtmpsServer(),
                addresses.previewPlayback(livestream.streamKey()),
                new ServerView(server.id(), server.name(), server.region()),
                livestream.pushTokenExpiresAt(),
                livestream.startedAt(),
                livestream.endedAt(),
                livestream.endReason(),
                livestream.createdAt(),
                livestream.updatedAt(),
                ingest,
                livestream.lease().map(Lease::viewers).orElseGet(() -> live.viewers(livestream.streamKey())),
                token.map(PushToken::text),
                keyWithToken,
                keyWithToken);
    }

    StreamInfoView publicView(PublicLivestream livestream) {
        List<HlsSource> sources = hlsSources(
                livestream.hlsBaseUrl(), livestream.mediaServer(), livestream.region(), livestream.streamKey());
        String rtmpServer = livestream.rtmpServer();
        boolean connected =
                live.ingest(livestream.streamKey()).map(IngestStatus::connected).orElse(livestream.isConnected());
        return new StreamInfoView(
                livestream.id(),
                livestream.name(),
                livestream.status(),
                livestream.streamKey(),
                sources,
                sources.stream().map(HlsSource::url).toList(),
                livestream.startedAt(),
                livestream.endedAt(),
                livestream.createdAt(),
                rtmpServer,
                rtmpServer,
                addresses.previewPlayback(livestream.streamKey()),
                new StreamInfoView.Ingest(connected));
    }

    PushTokenView tokenView(LivestreamWithToken made) {
        Livestream livestream = made.livestream();
        PushToken token = made.token();
        String rtmpServer = livestream.mediaServer().rtmpServer();
        String keyWithToken = keyWithToken(livestream, token);
        return new PushTokenView(
                livestream.id(),
                livestream.streamKey(),
                token.text(),
                token.lifetime().toSeconds(),
                token.expiresAt(),
                rtmpServer,
                rtmpServer,
                livestream.mediaServer().rtmpsServer(),
                keyWithToken,
                keyWithToken);
    }

    private static String keyWithToken(Livestream livestream, PushToken token) {
        return livestream.streamKey() + "?pushToken=" + token.text();
    }

    private List<HlsSource> hlsSources(String hlsBaseUrl, String mediaServer, String region, String streamKey) {
        String path = "/" + streamKey + "/master.m3u8";
        List<HlsSource> sources = new ArrayList<>();
        sources.add(new HlsSource("origin", hlsBaseUrl + path));
        cdns.in(region).forEach(cdn -> sources.add(new HlsSource(cdn.name(), cdn.url(mediaServer) + path)));
        return sources;
    }
}
