package io.lunarstream.server;

import io.lunarstream.server.auth.Authentication;
import io.lunarstream.server.config.Addresses;
import io.lunarstream.server.config.ApiAccess;
import io.lunarstream.server.config.DataDirectory;
import io.lunarstream.server.config.Settings;
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
import io.lunarstream.server.metrics.HealthHandler;
import io.lunarstream.server.metrics.HealthHandler.Check;
import io.lunarstream.server.metrics.Metrics;
import io.lunarstream.server.node.ApiNodes;
import io.lunarstream.server.node.Fences;
import io.lunarstream.server.node.NodeAbsences;
import io.lunarstream.server.node.NodeAuthorizer;
import io.lunarstream.server.node.Reporter;
import io.lunarstream.server.origin.HlsOrigin;
import io.lunarstream.server.origin.OriginTraffic;
import io.lunarstream.server.ratelimit.RateLimits;
import io.lunarstream.server.transport.CertificateFiles;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A media server without a database, which asks and tells the API: everything is built here in reading order, and
/// closed in reverse.
final class MediaNode implements Program {
    private final Closing closing;
    private final String report;

    private MediaNode(Settings settings, ApiAccess access, InstantSource clock, Closing closing) {
        this.closing = closing;

        // Ports first: one that is taken stops the start before anything is written.
        EventLoops loops = closing.add(EventLoops.open(settings.trustedProxies()));
        Optional<CertificateFiles> certificate =
                settings.tls().map(tls -> closing.add(CertificateFiles.open(loops.vertx(), tls, clock)));
        SlowViewers slowViewers = new SlowViewers(SlowViewers.PATIENCE);
        HttpPorts http = closing.add(HttpPorts.open(loops, settings, certificate, slowViewers));
        HttpListener management = closing.add(HttpListener.open(loops, HttpPort.management(settings, slowViewers)));
        DataDirectory directory = DataDirectory.open(settings.dataDir());

        // Live streams: the API says who may publish, and is told what becomes of it.
        ApiNodes api = new ApiNodes(access);
        Fences fences = new Fences();
        Reporter reporter = closing.add(new Reporter(api, fences, settings.maxStreams()));
        MediaFiles files = closing.add(new MediaFiles(directory.media()));
        LiveStreams live = closing.add(new LiveStreams(clock, settings.live(), files, reporter));
        live.takeBack(loops::next);
        Ingest ingest = new Ingest(new NodeAuthorizer(api, live, fences, clock), live, clock);
        Optional<RtmpPorts> rtmp = Optional.of(closing.add(RtmpPorts.open(loops, settings, certificate, ingest)));
        // Encoders are told why before their port closes.
        closing.add(live::drain);
        Addresses addresses = Addresses.of(
                settings,
                new Addresses.Ports(
                        http.plain().port(),
                        http.securePort(),
                        RtmpPorts.port(rtmp),
                        RtmpPorts.securePort(rtmp),
                        management.port()));

        // Doors open: the origin, health, and the operator's port.
        OriginTraffic traffic = new OriginTraffic();
        Metrics metrics = closing.add(new Metrics());
        metrics.media(live, files, ingest.refusals(), traffic);
        metrics.ports(slowViewers, certificate);
        metrics.api(api::isThere);
        // What is live goes on without the API.
        HealthHandler health =
                new HealthHandler(List.of(new Check("api", api::isThere, /* isNeeded= */ false)), Version.current());
        ClientAddresses clients = new ClientAddresses(settings.trustedProxies());
        RateLimits limits = new RateLimits(settings.rateLimits(), /* shared= */ Optional.empty(), clock);
        HlsOrigin origin = new HlsOrigin(live, new NodeAbsences(api), clients, traffic);
        http.serve(
                origin.byPrefix(),
                new ApiHandler(health.routes(), Authentication.ofNobody(), limits, clients, metrics::count));
        List<Route> operatorRoutes = Stream.concat(metrics.routes().stream(), health.routes().stream())
                .toList();
        management.serve(
                Map.of(), new ApiHandler(operatorRoutes, Authentication.ofNobody(), limits, clients, metrics::count));
        // Doors close first: no request may come in when what it needs is gone.
        closing.add(management);
        closing.add(http);
        // Before that, whoever waits for a part that is to come is answered.
        closing.add(live::giveUpWaiting);

        // Publishers are sent here from now on.
        reporter.start(live, addresses);
        new CredentialsFile(directory).renew(addresses.named());
        report = new StartReport(Version.current(), addresses).mediaNode(access.urls(), api.isThere());
    }

    /// Starts it; it is ready on return, whether or not the API is there.
    ///
    /// @param settings of role `media`
    /// @throws RuntimeException if it cannot start; nothing is left open then
    static MediaNode start(Settings settings, InstantSource clock) {
        Closing closing = new Closing();
        try {
            return new MediaNode(settings, settings.api().orElseThrow(), clock, closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    @Override
    public String report() {
        return report;
    }

    @Override
    public void close() {
        closing.close();
    }
}
