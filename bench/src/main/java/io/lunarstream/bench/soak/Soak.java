package io.lunarstream.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lunarstream.bench.host.Program;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Lunar;
import io.lunarstream.bench.peer.LunarApi;
import io.lunarstream.bench.soak.Partner.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One run: a server of its own, the schedule's actors, and the judgement.
///
/// @param root of the tree
/// @param logs where the server's log is kept after the run
record Soak(Path root, SoakOptions options, Findings findings, Path logs) {
    /// One address sends all wrong keys and logins of hours.
    private static final Map<String, String> UNLIMITED = Map.of(
            "LUNAR_RATE_LIMITS_FAILED_AUTHENTICATIONS_REQUESTS", "1000000000",
            "LUNAR_RATE_LIMITS_LOGINS_REQUESTS", "1000000000");

    /// What a server promises when it is asked to end, and some time for a slow machine.
    private static final Duration TIME_TO_END = Duration.ofSeconds(20);

    /// What the JVM ends with after SIGTERM: 128 and the signal's number.
    private static final int ENDED_BY_SIGTERM = 143;

    /// Runs to the end.
    ///
    /// @return what was read from the server meanwhile
    Growth run() throws IOException, InterruptedException {
        Growth growth = new Growth();
        try (Workspace workspace = Workspace.in(logs)) {
            Program server = Lunar.in(root).launch(workspace, "data", UNLIMITED);
            try {
                underLoad(workspace, server, growth);
                int code = server.end(TIME_TO_END);
                if (code != ENDED_BY_SIGTERM) {
                    findings.fail("server", "ended with " + code + " after SIGTERM");
                }
            } finally {
                keepLog(server);
            }
        }
        return growth;
    }

    private void keepLog(Program server) throws IOException {
        String output = server.output();
        Files.writeString(logs.resolve("server.log"), output);
        ServerLog log = ServerLog.of(output);
        log.faults().forEach(line -> findings.fail("log of the server", line));
        findings.count("warning in the log of the server", log.warnings());
    }

    private void underLoad(Workspace workspace, Program server, Growth growth)
            throws IOException, InterruptedException {
        Path data = workspace.folder().resolve("data");
        JsonNode credentials =
                new ObjectMapper().readTree(data.resolve("credentials.json").toFile());
        ServerMeter meter = new ServerMeter(
                server.pid(),
                URI.create(credentials.required("managementUrl").textValue() + "/metrics"),
                data,
                Path.of(System.getProperty("java.home"), "bin", "jcmd"),
                workspace.folder().resolve("jcmd.txt"));
        Rest rest = Rest.before(meter);
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            Partner partner = new Partner(LunarApi.of(data), http, findings);
            Cast cast = cast(workspace, partner, credentials);
            cast.play(Schedule.of(options));
            watch(meter, growth);
            cast.end();
            deleteAll(partner);
        }
        rest.await(findings, growth).forEach(difference -> findings.fail("server at rest", difference));
    }

    private Cast cast(Workspace workspace, Partner partner, JsonNode credentials) throws InterruptedException {
        URI rtmp = URI.create(credentials.required("rtmpUrl").textValue());
        List<Footage> footage = Footage.two(workspace.folder());
        FfprobeSample sample = new FfprobeSample(workspace.folder(), findings);
        URI origin = partner.server().mediaUrl().resolve("/");
        return new Cast(
                options.encoders(),
                partner,
                new MediaRequests(partner.http(), origin, sample, findings),
                new Stranger(rtmp.getPort(), origin.getPort(), footage.getFirst(), findings),
                new Caller(
                        partner,
                        Map.of(
                                "email", credentials.required("adminEmail").textValue(),
                                "password",
                                        credentials.required("adminPassword").textValue()),
                        findings),
                footage,
                findings);
    }

    /// Reads what the server holds, until the time is over.
    private void watch(ServerMeter meter, Growth growth) throws IOException, InterruptedException {
        Duration interval = Growth.interval(options.length());
        long startNs = System.nanoTime();
        for (int i = 1; interval.multipliedBy(i).compareTo(options.length()) <= 0; i++) {
            long waitNs = interval.multipliedBy(i).toNanos() - (System.nanoTime() - startNs);
            Thread.sleep(Duration.ofNanos(Math.max(0, waitNs)));
            Reading reading = meter.read(findings.elapsed());
            growth.add(reading);
            System.err.println(
                    "soak: " + reading.text() + ", " + findings.failures().size() + " failures");
        }
    }

    /// The project is empty again.
    private void deleteAll(Partner partner) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        do {
            ids.clear();
            JsonNode page = partner.expect(200, Call.of("GET", "/livestream?limit=100"));
            page.path("data")
                    .forEach(livestream -> ids.add(livestream.path("id").asText()));
            for (String id : ids) {
                JsonNode _ = partner.expect(200, Call.of("DELETE", "/livestream/" + id));
            }
        } while (!ids.isEmpty());
    }
}
