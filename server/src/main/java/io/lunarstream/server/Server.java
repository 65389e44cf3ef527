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
import io.lunarstream.server.cluster.Change.SigningKeysChanged;
import io.lunarstream.server.cluster.Valkey;
import io.lunarstream.server.config.Addresses;
import io.lunarstream.server.config.DataDirectory;
import io.lunarstream.server.config.Role;
import io.lunarstream.server.config.Settings;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.EmbeddedServerClaim;
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
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.MediaFiles;
import io.lunarstream.server.livestream.Broadcasts;
import io.lunarstream.server.livestream.CdnOrder;
import io.lunarstream.server.livestream.ForeignBroadcasts;
import io.lunarstream.server.livestream.LivestreamCreation;
import io.lunarstream.server.livestream.LivestreamHandler;
import io.lunarstream.server.livestream.LivestreamService;
import io.lunarstream.server.livestream.LivestreamViews;
import io.lunarstream.server.livestream.MediaNodeHandler;
import io.lunarstream.server.livestream.NodeBroadcasts;
import io.lunarstream.server.livestream.OtherNodes;
import io.lunarstream.server.livestream.OwnLivestream;
import io.lunarstream.server.livestream.PreviewHandler;
import io.lunarstream.server.livestream.PublicLivestreams;
import io.lunarstream.server.livestream.SigningKeyHandler;
import io.lunarstream.server.livestream.SigningKeyRotation;
import io.lunarstream.server.livestream.StreamAbsences;
import io.lunarstream.server.mediaserver.MediaNodes;
import io.lunarstream.server.mediaserver.MediaServerHandler;
import io.lunarstream.server.mediaserver.MediaServerRegistry;
import io.lunarstream.server.mediaserver.MediaServerRepository;
import io.lunarstream.server.mediaserver.MediaServers;
import io.lunarstream.server.metrics.HealthHandler;
import io.lunarstream.server.metrics.HealthHandler.Check;
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
import io.lunarstream.server.secret.Secrets;
import io.lunarstream.server.transport.CertificateFiles;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The API, and in role `all` a media server beside it: everything is built here in reading order, and closed in
/// reverse.
public final class Server implements Program {
    private final Closing closing;
    private final List<Route> routes;
    private final String report;
    private final Optional<Demo> demo;

    private Server(Settings settings, InstantSource clock, Closing closing) {
        this.closing = closing;
        SecureRandom random = new SecureRandom();

        // Ports first: one that is taken stops the start before anything is written.
        EventLoops loops = closing.add(EventLoops.open(settings.trustedProxies()));
        Optional<CertificateFiles> certificate =
                settings.tls().map(tls -> closing.add(CertificateFiles.open(loops.vertx(), tls, clock)));
        SlowViewers slowViewers = new SlowViewers(SlowViewers.PATIENCE);
        HttpPorts http = closing.add(HttpPorts.open(loops, settings, certificate, slowViewers));
        HttpListener management = closing.add(HttpListener.open(loops, HttpPort.management(settings, slowViewers)));

        // What lasts.
        DataDirectory directory = DataDirectory.open(settings.dataDir());
        if (settings.role() == Role.ALL) {
            EmbeddedServerClaim.take(settings.database()).ifPresent(closing::add);
        }
        Database database = closing.add(Database.open(settings.database()));
        CredentialsFile credentials = new CredentialsFile(directory);
        Optional<Valkey> valkey = settings.valkey().map(address -> closing.add(new Valkey(loops.vertx(), address)));
        RateLimits limits = new RateLimits(settings.rateLimits(), valkey, clock);
        AuditLog audit = new AuditLog(clock);
        closing.add(new AuditSweeper(database, settings.auditRetention(), clock));
        Secrets tokenSecrets = Secrets.in(directory, database, settings.encryption());
        AccessTokens accessTokens = AccessTokens.open(tokenSecrets, random, clock);
        Sessions sessions = new Sessions(database, accessTokens, audit, clock, random);
        Accounts accounts = new Accounts(database, sessions, limits, audit, clock, random);
        Bootstrap bootstrap = Bootstrap.run(settings.role(), database, accounts, audit, credentials, clock, random);
        SigningKeys keys = SigningKeys.open(tokenSecrets, random);
        OpaqueTokens opaqueTokens = OpaqueTokens.open(tokenSecrets, random);
        PushTokens pushTokens = new PushTokens(
                database, new PushTokenRepository(), keys, opaqueTokens, settings.pushTokenLeeway(), clock);

        // Live streams: who may publish, and what becomes of it. An API node has none of its own.
        PublicLivestreams inMemory = new PublicLivestreams(
                database,
                pushTokens::passedDeadline,
                clock,
                streamKey -> valkey.ifPresent(nodes -> nodes.tell(new LivestreamChanged(streamKey))));
        Broadcasts broadcasts = closing.add(new Broadcasts(
                database, inMemory, bootstrap.mediaServerId().isPresent(), settings.reconnectWindow(), clock));
        MediaFiles files = closing.add(new MediaFiles(directory.media()));
        LiveStreams live = closing.add(new LiveStreams(clock, settings.live(), files, broadcasts.recorder()));
        bootstrap.mediaServerId().ifPresent(_ -> live.takeBack(loops::next));
        ForeignBroadcasts foreignBroadcasts = new ForeignBroadcasts(database, pushTokens, inMemory, clock);
        MediaNodes mediaNodes = new MediaNodes(database, clock);
        NodeBroadcasts nodeBroadcasts =
                new NodeBroadcasts(database, mediaNodes, pushTokens, inMemory, settings.reconnectWindow(), clock);
        broadcasts.sweep(pushTokens, live, foreignBroadcasts, nodeBroadcasts);
        Optional<Ingest> ingest = bootstrap
                .mediaServerId()
                .map(mediaServerId -> new Ingest(new PushTokenAuthorizer(pushTokens, mediaServerId), live, clock));
        Optional<RtmpPorts> rtmp =
                ingest.map(opened -> closing.add(RtmpPorts.open(loops, settings, certificate, opened)));
        // Encoders are told why before their port closes.
        closing.add(live::drain);

        // The API.
        Addresses addresses = Addresses.of(
                settings,
                new Addresses.Ports(
                        http.plain().port(),
                        http.securePort(),
                        RtmpPorts.port(rtmp),
                        RtmpPorts.securePort(rtmp),
                        management.port()));
        MediaServers mediaServers = new MediaServers(database, new MediaServerRepository(), live);
        bootstrap.mediaServerId().ifPresent(id -> {
            mediaServers.bringLocalOnline(id, addresses, settings.maxStreams());
            closing.add(() -> mediaServers.takeLocalOffline(id));
        });
        MediaServerRegistry registry = new MediaServerRegistry(database, mediaServers, audit, clock, random);
        LivestreamService livestreams =
                new LivestreamService(database, mediaServers, mediaNodes, pushTokens, live, audit, inMemory, clock);
        SigningKeyRotation rotation = new SigningKeyRotation(
                database,
                keys,
                pushTokens,
                inMemory,
                live,
                audit,
                clock,
                () -> valkey.ifPresent(nodes -> nodes.tell(new SigningKeysChanged())));
        LivestreamCreation creation = new LivestreamCreation(database, mediaServers, pushTokens, audit, clock, random);
        CdnOrder cdnOrder = new CdnOrder(settings.cdns());
        LivestreamViews views = new LivestreamViews(addresses, cdnOrder, live);
        CdnHealth cdns = new CdnHealth(settings.cdns(), mediaServers::onlineNames, clock, random);
        HealthHandler health = new HealthHandler(checks(database, valkey), Version.current());
        routes = Stream.of(
                        new MediaServerHandler(mediaServers, registry).routes(),
                        new LivestreamHandler(creation, livestreams, inMemory, views).routes(),
                        new PreviewHandler(inMemory, cdnOrder, ingest.isPresent(), PlayerAssets.open()).routes(),
                        new JwksHandler(keys).routes(),
                        new PushAuthHandler(pushTokens, foreignBroadcasts, nodeBroadcasts).routes(),
                        new MediaNodeHandler(nodeBroadcasts, inMemory).routes(),
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
        Metrics metrics = closing.add(new Metrics());
        ingest.ifPresent(opened -> metrics.media(live, files, opened.refusals(), traffic));
        metrics.ports(slowViewers, certificate);
        metrics.cdns(cdns);
        valkey.ifPresent(shared -> metrics.valkey(shared, limits));
        Authentication authentication = new Authentication(
                new ApiKeys(database, new ApiKeyRepository(), clock)::authenticate,
                new MediaServerSecrets(database)::authenticate,
                accessTokens::authenticate);
        ClientAddresses clients = new ClientAddresses(settings.trustedProxies());
        OtherNodes otherNodes = new OtherNodes(inMemory, live, broadcasts);
        valkey.ifPresent(shared -> shared.start(otherNodes::changed));
        HlsOrigin origin = new HlsOrigin(live, new StreamAbsences(inMemory), clients, traffic);
        http.serve(
                ingest.isPresent() ? origin.byPrefix() : Map.of(),
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
        StartSecrets secrets =
                new StartSecrets(bootstrap, credentials.renew(facts(addresses, bootstrap)), credentials.path());
        StartReport texts = new StartReport(Version.current(), addresses);
        report = bootstrap.mediaServerId().map(id -> texts.all(secrets, id)).orElseGet(() -> texts.api(secrets));

        // A broadcaster of our own, which comes in by the RTMP port like any other. It rests until it is wanted.
        demo = rtmp.map(ports -> closing.add(new Demo(
                loops,
                new OwnLivestream(
                        creation,
                        livestreams,
                        bootstrap.projectId(),
                        bootstrap.mediaServerId().orElseThrow(),
                        Demo.NAME,
                        Demo.EXTERNAL_ID),
                addresses,
                Addresses.reachable(settings.bind()),
                ports.plain().port(),
                clock)));
    }

    /// What the API cannot do without, and what it can.
    private static List<Check> checks(Database database, Optional<Valkey> valkey) {
        Check needed = new Check("database", database::isUp, /* isNeeded= */ true);
        return Stream.concat(
                        Stream.of(needed),
                        valkey.map(shared -> new Check("valkey", shared::isUp, /* isNeeded= */ false)).stream())
                .toList();
    }

    /// What the credentials file says of this start.
    private static Map<String, String> facts(Addresses addresses, Bootstrap bootstrap) {
        Map<String, String> facts = addresses.named();
        facts.put("projectId", bootstrap.projectId().toString());
        bootstrap.mediaServerId().ifPresent(id -> facts.put("mediaServerId", id.toString()));
        return facts;
    }

    /// Starts it; it is ready on return.
    ///
    /// @param settings of role `all` or `api`
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

    @Override
    public String report() {
        return report;
    }

    /// The broadcast of the test picture, to be started if it is wanted; of role `all` only.
    Demo demo() {
        return demo.orElseThrow();
    }

    @Override
    public void close() {
        closing.close();
    }
}
