package io.lunarstream.server.metrics;

import io.lunarstream.server.cdn.CdnHealth;
import io.lunarstream.server.cluster.Valkey;
import io.lunarstream.server.config.Settings.Cdn;
import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.AnsweredRequest;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.SlowViewers;
import io.lunarstream.server.ingest.IngestRefusals;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.MediaFiles;
import io.lunarstream.server.origin.OriginTraffic;
import io.lunarstream.server.ratelimit.RateLimits;
import io.lunarstream.server.transport.CertificateFiles;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Everything that is counted, in the form that Prometheus reads.
///
/// No label holds a name that a stranger chose: their number would have no bound.
public final class Metrics implements AutoCloseable {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /// The labels of a request; there are as many as routes times methods times statuses.
    private record RequestLabels(String method, String route, int status) {}

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Map<RequestLabels, Timer> requests = new ConcurrentHashMap<>();

    /// Counts what the JVM does.
    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /// Counts what the media plane does.
    public void media(LiveStreams live, MediaFiles files, IngestRefusals refusals, OriginTraffic traffic) {
        MediaMetrics media = new MediaMetrics(registry);
        media.streams(live);
        media.ingest(live.ingestTotals(), refusals);
        media.origin(traffic);
        media.disk(files);
    }

    /// Counts what the ports below HTTP do.
    ///
    /// @param certificate of the TLS ports, where there are some
    public void ports(SlowViewers slowViewers, Optional<CertificateFiles> certificate) {
        FunctionCounter.builder("lunar_slow_viewers_closed", slowViewers, SlowViewers::closed)
                .description("Connections and HTTP/2 streams closed because their client did not read")
                .register(registry);
        certificate.ifPresent(files -> Gauge.builder(
                        "lunar_tls_certificate_expiry_seconds",
                        files,
                        used -> used.goodUntil().getEpochSecond())
                .description("When the certificate of the TLS ports expires, in seconds since 1970")
                .register(registry));
    }

    /// Counts how well this node shares with others.
    public void valkey(Valkey valkey, RateLimits limits) {
        Gauge.builder("lunar_valkey_up", valkey, shared -> shared.isUp() ? 1 : 0)
                .description("1 if limits and changes are shared with other nodes through Valkey")
                .register(registry);
        FunctionCounter.builder("lunar_rate_limits_local", limits, RateLimits::decidedAlone)
                .description("Requests that were counted by this node alone, because Valkey was away")
                .register(registry);
    }

    /// Tells whether a media node reaches the API.
    public void api(BooleanSupplier isThere) {
        Gauge.builder("lunar_api_up", isThere, there -> there.getAsBoolean() ? 1 : 0)
                .description("1 if the API answers this media node")
                .register(registry);
    }

    /// Counts how the configured CDNs do, by their configured names.
    public void cdns(CdnHealth health) {
        for (Cdn cdn : health.cdns()) {
            cdnGauge("lunar_cdn_up", "1 if the CDN gave what the origin sends", cdn, () -> health.isUp(cdn) ? 1 : 0);
            cdnGauge(
                    "lunar_cdn_check_seconds",
                    "How long the last check of the CDN that went well took",
                    cdn,
                    () -> health.latencySeconds(cdn));
            cdnGauge(
                    "lunar_cdn_last_success_seconds",
                    "When a check of the CDN last went well, in seconds since 1970",
                    cdn,
                    () -> health.lastSuccessSeconds(cdn));
            FunctionCounter.builder("lunar_cdn_failures", health, checked -> checked.failures(cdn))
                    .description("Checks of the CDN that failed")
                    .tag("cdn", cdn.name())
                    .register(registry);
        }
    }

    private void cdnGauge(String name, String description, Cdn cdn, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .tag("cdn", cdn.name())
                .register(registry);
    }

    /// Where other packages register what they count.
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /// Counts a request to the API.
    public void count(AnsweredRequest request) {
        requests.computeIfAbsent(new RequestLabels(request.method(), request.template(), request.status()), this::timer)
                .record(request.duration());
    }

    private Timer timer(RequestLabels labels) {
        return Timer.builder("lunar_http_requests")
                .description("Requests to the API and how long answering took")
                .tag("method", labels.method())
                .tag("route", labels.route())
                .tag("status", Integer.toString(labels.status()))
                .register(registry);
    }

    /// For the management port only.
    public List<Route> routes() {
        return List.of(Route.get("/metrics", Access.PUBLIC, this::scrape).unlimited());
    }

    private Response scrape(Request request) {
        return Response.text(200, PROMETHEUS_TEXT, registry.scrape());
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
