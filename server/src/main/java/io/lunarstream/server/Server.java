package io.lunarstream.server;

import io.lunarstream.server.account.AccountHandler;
import io.lunarstream.server.account.Accounts;
import io.lunarstream.server.account.Sessions;
import io.lunarstream.server.apidocs.ApiDocsHandler;
import io.lunarstream.server.audit.AuditHandler;
import io.lunarstream.server.audit.AuditLog;
import io.lunarstream.server.audit.AuditService;
import io.lunarstream.server.audit.AuditSweeper;
import io.lunarstream.server.auth.AccessTokens;
import io.lunarstream.server.auth.ApiKeyRepository;
import io.lunarstream.server.auth.ApiKeys;
import io.lunarstream.server.auth.Authentication;
import io.lunarstream.server.auth.MediaServerSecrets;
import io.lunarstream.server.cdn.CdnHandler;
import io.lunarstream.server.cdn.CdnHealth;
import io.lunarstream.server.cluster.Change.LivestreamChanged;
import io.lunarstream.server.cluster.Valkey;
import io.lunarstream.server.config.Addresses;
import io.lunarstream.server.config.DataDirectory;
import io.lunarstream.server.config.Settings;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.demo.Demo;
import io.lunarstream.server.http.ApiHandler;
import io.lunarstream.server.http.ClientAddresses;
import io.lunarstream.server.http.EventLoops;
import io.lunarstream.server.http.HttpListener;
import io.lunarstream.server.http.HttpPort;
import io.lunarstream.server.http.HttpPorts;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.SlowViewers;
import io.lunarstream.server.ingest.Ingest;
import io.lunarstream.server.ingest.RtmpPorts;
import io.lunarstream.server.live.LiveSettings;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.MediaFiles;
import io.lunarstream.server.livestream.Broadcasts;
import io.lunarstream.server.livestream.CdnOrder;
import io.lunarstream.server.livestream.ForeignBroadcasts;
import io.lunarstream.server.livestream.LivestreamCreation;
import io.lunarstream.server.livestream.LivestreamHandler;
import io.lunarstream.server.livestream.LivestreamService;
import io.lunarstream.server.livestream.LivestreamViews;
import io.lunarstream.server.livestream.OtherNodes;
import io.lunarstream.server.livestream.OwnLivestream;
import io.lunarstream.server.livestream.PreviewHandler;
import io.lunarstream.server.livestream.PublicLivestreams;
import io.lunarstream.server.livestream.SigningKeyHandler;
import io.lunarstream.server.livestream.SigningKeyRotation;
import io.lunarstream.server.livestream.StreamAbsences;
import io.lunarstream.server.mediaserver.MediaServerHandler;
import io.lunarstream.server.mediaserver.MediaServerRegistry;
import io.lunarstream.server.mediaserver.MediaServerRepository;
import io.lunarstream.server.mediaserver.MediaServers;
import io.lunarstream.server.metrics.HealthHandler;
import io.lunarstream.server.metrics.Metrics;
import io.lunarstream.server.origin.HlsOrigin;
import io.lunarstream.server.origin.OriginTraffic;
import io.lunarstream.server.player.PlayerAssets;
import io.lunarstream.server.project.ApiKeyHandler;
import io.lunarstream.server.project.ApiKeyService;
import io.lunarstream.server.project.ProjectHandler;
import io.lunarstream.server.project.ProjectService;
import io.lunarstream.server.pushauth.PushAuthHandler;
import io.lunarstream.server.pushtoken.JwksHandler;
import io.lunarstream.server.pushtoken.OpaqueTokens;
import io.lunarstream.server.pushtoken.PushTokenAuthorizer;
import io.lunarstream.server.pushtoken.PushTokenRepository;
import io.lunarstream.server.pushtoken.PushTokens;
import io.lunarstream.server.pushtoken.SigningKeys;
import io.lunarstream.server.ratelimit.RateLimits;
import io.lunarstream.server.transport.CertificateFiles;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The program: everything is built here in reading order, and closed in reverse.
public final class Server implements AutoCloseable {
    /// Where segments lie in the data directory.
    private static final String MEDIA_FOLDER = "media";

    private final Closing closing;
    private final List<Route> routes;
    private final StartReport report;
    private final Demo demo;

    private Server(Settings settings, InstantSource clock, Closing closing) {
        this.closing = closing;
        SecureRandom random = new SecureRandom();

        // Ports first: one that is taken stops the start before anything is written.
        EventLoops loops = closing.add(EventLoops.open(settings.trustedProxies()));
        Optional<CertificateFiles> certificate =
                settings.tls().map(tls -> closing.add(CertificateFiles.open(loops.vertx(), tls, clock)));
        SlowViewers slowViewers = new SlowViewers(SlowViewers.PATIENCE);
        HttpPorts http = closing.add(HttpPorts.open(loops, settings, certificate, slowViewers));
        HttpListener management = closing.add(HttpListener.open(
                loops,
                HttpPort.plain(
                        settings.managementBind(), settings.managementPort(), 1, "--management-port", slowViewers)));

        // What lasts.
        DataDirectory directory = DataDirectory.open(settings.dataDir());
        Database database = closing.add(Database.open(settings.database()));
        CredentialsFile credentials = new CredentialsFile(directory);
        Optional<Valkey> valkey = settings.valkey().map(address -> closing.add(new Valkey(loops.vertx(), address)));
        RateLimits limits = new RateLimits(settings.rateLimits(), valkey, clock);
        AuditLog audit = new AuditLog(clock);
        closing.add(new AuditSweeper(database, settings.auditRetention(), clock));
        AccessTokens accessTokens = AccessTokens.open(directory, random, clock);
        Sessions sessions = new Sessions(database, accessTokens, audit, clock, random);
        Accounts accounts = new Accounts(database, sessions, limits, audit, clock, random);
        Bootstrap bootstrap = Bootstrap.run(database, accounts, audit, credentials, clock, random);
        SigningKeys keys = SigningKeys.open(directory, random);
        OpaqueTokens opaqueTokens = OpaqueTokens.open(directory, random);
        PushTokens pushTokens = new PushTokens(
                database, new PushTokenRepository(), keys, opaqueTokens, settings.pushTokenLeeway(), clock);

        // Live streams: who may publish, and what becomes of it.
        PublicLivestreams inMemory = new PublicLivestreams(
                database,
                pushTokens::passedDeadline,
                clock,
                streamKey -> valkey.ifPresent(nodes -> nodes.tell(new LivestreamChanged(streamKey))));
        Broadcasts broadcasts = closing.add(new Broadcasts(database, inMemory, settings.reconnectWindow(), clock));
        MediaFiles files = closing.add(new MediaFiles(directory.path().resolve(MEDIA_FOLDER)));
        LiveStreams live = closing.add(new LiveStreams(clock, liveSettings(settings), files, broadcasts.recorder()));
        live.takeBack(loops::next);
        ForeignBroadcasts foreignBroadcasts = new ForeignBroadcasts(database, pushTokens, inMemory, clock);
        broadcasts.sweep(pushTokens, live, foreignBroadcasts);
        PushTokenAuthorizer authorizer = new PushTokenAuthorizer(pushTokens, bootstrap.mediaServerId());
        Ingest ingest = new Ingest(authorizer, live, clock);
        RtmpPorts rtmp = closing.add(RtmpPorts.open(loops, settings, certificate, ingest));
        // Encoders are told why before their port closes.
        closing.add(live::drain);

        // The API.
        Addresses addresses = Addresses.of(
                settings,
                new Addresses.Ports(
                        http.plain().port(),
                        http.securePort(),
                        rtmp.plain().port(),
                        rtmp.securePort(),
                        management.port()));
        MediaServers mediaServers = new MediaServers(database, new MediaServerRepository(), live);
        mediaServers.bringLocalOnline(bootstrap.mediaServerId(), addresses, settings.maxStreams());
        MediaServerRegistry registry = new MediaServerRegistry(database, mediaServers, audit, clock, random);
        LivestreamService livestreams =
                new LivestreamService(database, mediaServers, pushTokens, live, audit, inMemory, clock);
        SigningKeyRotation rotation = new SigningKeyRotation(database, keys, pushTokens, inMemory, live, audit, clock);
        LivestreamCreation creation = new LivestreamCreation(database, mediaServers, pushTokens, audit, clock, random);
        CdnOrder cdnOrder = new CdnOrder(settings.cdns());
        LivestreamViews views = new LivestreamViews(addresses, cdnOrder, live);
        CdnHealth cdns = new CdnHealth(settings.cdns(), clock, random);
        HealthHandler health = new HealthHandler(database, valkey, Version.current());
        routes = Stream.of(
                        new MediaServerHandler(mediaServers, registry).routes(),
                        new LivestreamHandler(creation, livestreams, inMemory, views).routes(),
                        new PreviewHandler(inMemory, cdnOrder, PlayerAssets.open()).routes(),
                        new JwksHandler(keys).routes(),
                        new PushAuthHandler(pushTokens, foreignBroadcasts).routes(),
                        new AccountHandler(accounts, sessions).routes(),
                        new ProjectHandler(new ProjectService(database, audit, clock)).routes(),
                        new ApiKeyHandler(new ApiKeyService(database, audit, clock, random)).routes(),
                        new SigningKeyHandler(rotation).routes(),
                        new AuditHandler(new AuditService(database)).routes(),
                        new CdnHandler(cdns).routes(),
                        new ApiDocsHandler(addresses).routes(),
                        health.routes())
                .flatMap(List::stream)
                .toList();

        // Doors open: the API, the origin's path prefixes beside it, and the operator's port.
        OriginTraffic traffic = new OriginTraffic();
        Metrics metrics = closing.add(new Metrics(live, files, ingest.refusals(), traffic));
        metrics.ports(slowViewers, certificate);
        metrics.cdns(cdns);
        valkey.ifPresent(shared -> metrics.valkey(shared, limits));
        Authentication authentication = new Authentication(
                new ApiKeys(database, new ApiKeyRepository(), clock), new MediaServerSecrets(database), accessTokens);
        ClientAddresses clients = new ClientAddresses(settings.trustedProxies());
        OtherNodes otherNodes = new OtherNodes(inMemory, live, broadcasts);
        valkey.ifPresent(shared -> shared.start(otherNodes::changed));
        HlsOrigin origin = new HlsOrigin(live, new StreamAbsences(inMemory), clients, traffic);
        http.serve(
                Map.of(HlsOrigin.FMP4_PREFIX, origin, HlsOrigin.MPEG_TS_PREFIX, origin),
                new ApiHandler(routes, authentication, limits, clients, metrics::count));
        List<Route> operatorRoutes = Stream.concat(metrics.routes().stream(), health.routes().stream())
                .toList();
        management.serve(Map.of(), new ApiHandler(operatorRoutes, authentication, limits, clients, metrics::count));
        // Doors close first: no request may come in when what it needs is gone.
        closing.add(management);
        closing.add(http);
        // CDNs are looked at through these doors.
        cdns.start();
        closing.add(cdns);
        // Before that, whoever waits for a part that is to come is answered.
        closing.add(live::giveUpWaiting);
        report = new StartReport(
                Version.current(), addresses, bootstrap, credentials.renew(addresses, bootstrap), credentials.path());

        // A broadcaster of our own, which comes in by the RTMP port like any other. It rests until it is wanted.
        OwnLivestream demoLivestream = new OwnLivestream(
                creation, livestreams, bootstrap.projectId(), bootstrap.mediaServerId(), Demo.NAME, Demo.EXTERNAL_ID);
        demo = closing.add(new Demo(
                loops,
                demoLivestream,
                addresses,
                Addresses.reachable(settings.bind()),
                rtmp.plain().port(),
                clock));
    }

    private static LiveSettings liveSettings(Settings settings) {
        return new LiveSettings(settings.reconnectWindow(), settings.takeover(), settings.maxStreams());
    }

    /// Starts the program; it is ready on return.
    ///
    /// @param clock ticks in milliseconds, which is what the database keeps
    /// @throws RuntimeException if it cannot start; nothing is left open then
    public static Server start(Settings settings, InstantSource clock) {
        Closing closing = new Closing();
        try {
            return new Server(settings, clock, closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    /// Every endpoint of the API.
    List<Route> routes() {
        return routes;
    }

    /// What to tell the operator.
    StartReport report() {
        return report;
    }

    /// The broadcast of the test picture, to be started if it is wanted.
    Demo demo() {
        return demo;
    }

    /// Lets go of everything: requests at work are answered, no broadcast is ended.
    @Override
    public void close() {
        closing.close();
    }
}
