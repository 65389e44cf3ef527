package io.lunarstream.server.metrics;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.AnsweredRequest;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.MediaFiles;
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
import java.util.concurrent.ConcurrentHashMap;

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

    public Metrics(LiveStreams live, MediaFiles files) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        Gauge.builder("lunar_publishers", live, LiveStreams::publishers)
                .description("Publishers that are connected")
                .register(registry);
        Gauge.builder("lunar_waiting_requests", live, LiveStreams::waiting)
                .description("Requests of viewers that wait for a part or a segment")
                .register(registry);
        Gauge.builder("lunar_media_disk_failing", files, disk -> disk.failing() ? 1 : 0)
                .description("1 while media cannot be written to the disk, and are played from memory alone")
                .register(registry);
        Gauge.builder("lunar_media_disk_waiting_bytes", files, MediaFiles::waitingBytes)
                .description("Bytes of media that wait to be written to the disk")
                .register(registry);
        FunctionCounter.builder("lunar_media_disk_failures", files, MediaFiles::failures)
                .description("How many times media could not be written to the disk, or deleted")
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
