package io.lunarstream.bench;

import io.lunarstream.bench.ApiLoad.Measured;
import io.lunarstream.bench.bare.BareServer;
import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Program;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Livestream;
import io.lunarstream.bench.peer.Lunar;
import io.lunarstream.bench.peer.LunarApi;
import io.lunarstream.bench.report.Numbers;
import io.lunarstream.bench.report.Rounds;
import io.lunarstream.bench.report.Section;
import io.lunarstream.bench.report.Table;
import io.lunarstream.bench.viewer.LivePlaylist;
import io.lunarstream.bench.viewer.Wrk;
import io.lunarstream.bench.viewer.WrkResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the API answers in a second, how long it takes; how long a start takes, and what a server uses that has
/// nothing to do; and what becomes of all that with a million livestreams.
final class ApiBenchmark implements Benchmark {
    private static final String NAME = "api";
    private static final int CONNECTIONS = 64;
    private static final int LIVESTREAMS = 1_000;
    private static final Duration LENGTH = Duration.ofSeconds(10);

    /// The launcher's flags let the JVM give memory back after 20 s at rest.
    static final Duration REST = Duration.ofSeconds(30);

    private static final double MIB = 1 << 20;

    /// Five minutes.
    private static final int ROUNDS = 3;

    /// What is asked for, over and over.
    private enum Call {
        CONSTANT("a constant, from the bare HTTP framework"),
        STREAM_INFO("GET /livestreams/stream-info/{streamKey}"),
        GET("GET /livestream/{id}"),
        LIST("GET /livestream"),
        CREATE("POST /livestream");

        final String words;

        Call(String words) {
            this.words = words;
        }
    }

    private record Speed(Rounds perSecond, Rounds p50Ms, Rounds p99Ms, Rounds cpuMicrosecondsEach) {
        Speed() {
            this(new Rounds(), new Rounds(), new Rounds(), new Rounds());
        }

        void add(Measured measured) {
            perSecond.add(measured.result().perSecond());
            p50Ms.add(measured.result().p50Ms());
            p99Ms.add(measured.result().p99Ms());
            cpuMicrosecondsEach.add(measured.cpuMicrosecondsEach());
        }
    }

    private record Rest(Rounds startMs, Rounds residentMib) {
        Rest() {
            this(new Rounds(), new Rounds());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Section run(Bench bench) throws InterruptedException {
        Map<Call, Speed> speeds = new EnumMap<>(Call.class);
        for (Call call : Call.values()) {
            speeds.put(call, new Speed());
        }
        Rest first = new Rest();
        Rest again = new Rest();
        Map<String, Rest> starts = new LinkedHashMap<>();
        starts.put("the first, in an empty folder", first);
        starts.put("the next", again);
        for (int round = 0; round < (bench.quick() ? 1 : ROUNDS); round++) {
            try (Workspace workspace = bench.workspace()) {
                rest(bench.lunar(), workspace, first);
                rest(bench.lunar(), workspace, again);
            }
            try (Workspace workspace = bench.workspace()) {
                measure(bench.lunar(), workspace, speeds);
            }
        }
        return section(bench, speeds, starts, ManyLivestreams.measure(bench));
    }

    /// Starts with a data folder, an empty one or one that an earlier start has left.
    private static void rest(Lunar lunar, Workspace workspace, Rest rest) throws InterruptedException {
        long startNs = System.nanoTime();
        try (Program server = lunar.launch(workspace, "data", Map.of())) {
            rest.startMs().add((System.nanoTime() - startNs) / 1e6);
            Thread.sleep(REST);
            rest.residentMib().add(server.processes().usage().residentBytes() / MIB);
        }
    }

    private static void measure(Lunar lunar, Workspace workspace, Map<Call, Speed> speeds) throws InterruptedException {
        Program server = lunar.launch(workspace, "data", Map.of());
        LunarApi api = LunarApi.of(workspace.folder().resolve("data"));
        Livestream livestream = api.create("first");
        for (int i = 1; i < LIVESTREAMS; i++) {
            Livestream _ = api.create("livestream " + i);
        }
        URI constant = bareServer(workspace, api.streamInfo(livestream));
        for (Call call : Call.values()) {
            Measured measured = load(call, workspace, api, livestream, constant)
                    .run(new Wrk(CONNECTIONS, LENGTH), workspace, server);
            speeds.computeIfAbsent(call, _ -> new Speed()).add(measured);
            WrkResult result = measured.result();
            Bench.say("%s: %s requests/s, p99 %s ms"
                    .formatted(call.words, Numbers.text(result.perSecond()), Numbers.text(result.p99Ms())));
        }
    }

    private static ApiLoad load(Call call, Workspace workspace, LunarApi api, Livestream livestream, URI constant) {
        return switch (call) {
            case CONSTANT -> ApiLoad.open(workspace, constant);
            case STREAM_INFO -> ApiLoad.open(workspace, api.streamInfo(livestream));
            case GET -> ApiLoad.get(workspace, api, "/livestream/" + livestream.id());
            case LIST -> ApiLoad.get(workspace, api, "/livestream");
            case CREATE -> ApiLoad.create(workspace, api);
        };
    }

    /// Answers with what an address answers now.
    private static URI bareServer(Workspace workspace, URI address) throws InterruptedException {
        int port = Workspace.freePort();
        Path body = workspace.folder().resolve("constant.json");
        try {
            Files.writeString(body, LivePlaylist.get(address).orElseThrow());
        } catch (IOException e) {
            throw new BenchException("no constant", e);
        }
        Program bare = workspace.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareServer.class.getName(),
                        body.toString(),
                        Integer.toString(port)),
                Map.of());
        bare.awaitListening(port);
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    private static Section section(
            Bench bench, Map<Call, Speed> speeds, Map<String, Rest> starts, ManyLivestreams many) {
        Speed bare = speeds.getOrDefault(Call.CONSTANT, new Speed());
        Table table = new Table("request", "requests/s", "of the bare framework", "p50, ms", "p99, ms", "CPU µs each");
        speeds.forEach((call, speed) -> table.add(
                call.words,
                Numbers.text(speed.perSecond().median()),
                Numbers.ratio(speed.perSecond().median(), bare.perSecond().median()),
                Numbers.text(speed.p50Ms().median()),
                Numbers.text(speed.p99Ms().median()),
                call == Call.CONSTANT
                        ? ""
                        : Numbers.text(speed.cpuMicrosecondsEach().median())));
        Table still = new Table("start", "to `ready`, ms", "RSS at rest, MiB");
        starts.forEach((start, rest) -> still.add(
                start,
                Numbers.text(rest.startMs().median()),
                Numbers.text(rest.residentMib().median())));
        String text = """
                `wrk -t1 -c%d` for %d s, after as long to warm up; %d rounds; %d livestreams in SQLite; rate limits
                lifted. The bare framework, Vert.x, answers with the same bytes as stream-info, in the same run.

                %s
                %s
                At rest, with defaults, %d s after the start:

                %s
                %s""".formatted(
                        CONNECTIONS,
                        LENGTH.toSeconds(),
                        bench.quick() ? 1 : ROUNDS,
                        LIVESTREAMS,
                        bench.circumstances(NAME, List.of(bench.lunar())),
                        table.markdown(),
                        REST.toSeconds(),
                        still.markdown(),
                        many.text());
        return new Section(NAME, text, many.images());
    }
}
