package io.lunarstream.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.bench.ApiLoad.Measured;
import io.lunarstream.bench.host.Program;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Lunar;
import io.lunarstream.bench.peer.LunarApi;
import io.lunarstream.bench.peer.LunarDatabase;
import io.lunarstream.bench.report.LinePlot;
import io.lunarstream.bench.report.LinePlot.Axis;
import io.lunarstream.bench.report.Numbers;
import io.lunarstream.bench.report.Rounds;
import io.lunarstream.bench.report.Table;
import io.lunarstream.bench.viewer.Wrk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What requests, a start and rest cost with ever more livestreams in the database: the same, it should be.
///
/// @param text in Markdown
/// @param images SVG images by their file names
record ManyLivestreams(String text, Map<String, String> images) {
    private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000, 1_000_000);
    private static final int QUICK_SIZES = 2;

    /// One after the other: how long a request takes, not how long it waits for others.
    private static final int CONNECTIONS = 1;

    private static final Duration LENGTH = Duration.ofSeconds(5);
    private static final double MIB = 1 << 20;
    private static final String DATA = "data";

    /// A quarter of an hour.
    private static final int ROUNDS = 3;

    /// What is asked for over and over.
    private enum Call {
        GET("GET /livestream/{id}"),
        LIST("GET /livestream"),
        LIST_EXPIRED("GET /livestream?status=TOKEN_EXPIRED"),
        CREATE("POST /livestream");

        final String words;

        Call(String words) {
            this.words = words;
        }
    }

    /// What may cost more, the more livestreams there are.
    private enum Slow {
        LAST_PAGE("the last page"),
        LAST_PAGE_OF_STATUS("the last page of one status"),
        SEARCH_ALL("a search that finds all"),
        SEARCH_NONE("a search that finds nothing");

        final String words;

        Slow(String words) {
            this.words = words;
        }

        String path(int livestreams) {
            return switch (this) {
                case LAST_PAGE -> "/livestream?page=" + livestreams / 12;
                case LAST_PAGE_OF_STATUS -> "/livestream?status=ENDED&page=" + livestreams / 20;
                case SEARCH_ALL -> "/livestream?search=livestream";
                case SEARCH_NONE -> "/livestream?search=nothing";
            };
        }
    }

    private record Cost(Rounds p50Ms, Rounds p99Ms, Rounds cpuMicroseconds) {
        Cost() {
            this(new Rounds(), new Rounds(), new Rounds());
        }

        void add(Measured measured) {
            p50Ms.add(measured.result().p50Ms());
            p99Ms.add(measured.result().p99Ms());
            cpuMicroseconds.add(measured.cpuMicrosecondsEach());
        }
    }

    /// All of one number of livestreams.
    private record Costs(Map<Call, Cost> calls, Map<Slow, Rounds> slowMs, Rounds startMs, Rounds residentMib) {
        Costs() {
            this(new TreeMap<>(), new TreeMap<>(), new Rounds(), new Rounds());
        }
    }

    static ManyLivestreams measure(Bench bench) throws InterruptedException {
        List<Integer> sizes = bench.quick() ? SIZES.subList(0, QUICK_SIZES) : SIZES;
        int rounds = bench.quick() ? 1 : ROUNDS;
        Map<Integer, Costs> costs = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (int livestreams : sizes) {
                // A new database each time: the creates of the round before would be in it.
                try (Workspace workspace = bench.workspace()) {
                    fill(bench.lunar(), workspace, livestreams);
                    Costs all = costs.computeIfAbsent(livestreams, _ -> new Costs());
                    measure(bench.lunar(), workspace, livestreams, all);
                }
            }
        }
        return report(costs, rounds);
    }

    private static void fill(Lunar lunar, Workspace workspace, int livestreams) throws InterruptedException {
        // A first start makes the tables.
        lunar.launch(workspace, DATA, Map.of()).close();
        long startNs = System.nanoTime();
        Path dataDir = workspace.folder().resolve(DATA);
        LunarDatabase.fill(dataDir, livestreams, System.currentTimeMillis());
        Bench.say("%d livestreams made in %s s".formatted(livestreams, Numbers.text(secondsSince(startNs))));
    }

    private static double secondsSince(long startNs) {
        return (System.nanoTime() - startNs) / 1e9;
    }

    private static void measure(Lunar lunar, Workspace workspace, int livestreams, Costs costs)
            throws InterruptedException {
        long startNs = System.nanoTime();
        try (Program server = lunar.launch(workspace, DATA, Map.of())) {
            costs.startMs().add(secondsSince(startNs) * 1e3);
            Thread.sleep(ApiBenchmark.REST);
            costs.residentMib().add(server.processes().usage().residentBytes() / MIB);
            LunarApi api = LunarApi.of(workspace.folder().resolve(DATA));
            for (Call call : Call.values()) {
                Measured measured = load(call, workspace, api).run(new Wrk(CONNECTIONS, LENGTH), workspace, server);
                costs.calls().computeIfAbsent(call, _ -> new Cost()).add(measured);
                Bench.say("%d livestreams, %s: p50 %s ms, %s µs of CPU"
                        .formatted(
                                livestreams,
                                call.words,
                                Numbers.text(measured.result().p50Ms()),
                                Numbers.text(measured.cpuMicrosecondsEach())));
            }
            for (Slow slow : Slow.values()) {
                String path = slow.path(livestreams);
                // The first one reads the file into memory.
                JsonNode _ = api.get(path);
                long askedNs = System.nanoTime();
                JsonNode _ = api.get(path);
                costs.slowMs().computeIfAbsent(slow, _ -> new Rounds()).add(secondsSince(askedNs) * 1e3);
            }
        }
    }

    private static ApiLoad load(Call call, Workspace workspace, LunarApi api) {
        return switch (call) {
            case GET -> ApiLoad.get(workspace, api, "/livestream/" + api.anyLivestream());
            case LIST -> ApiLoad.get(workspace, api, "/livestream");
            case LIST_EXPIRED -> ApiLoad.get(workspace, api, "/livestream?status=TOKEN_EXPIRED");
            case CREATE -> ApiLoad.create(workspace, api);
        };
    }

    private static ManyLivestreams report(Map<Integer, Costs> costs, int rounds) {
        Table calls = new Table("request", "livestreams", "p50, ms", "of the fewest", "p99, ms", "CPU µs each");
        Table slow = new Table("request", "livestreams", "ms");
        Table rest = new Table("livestreams", "start to `ready`, ms", "RSS at rest, MiB");
        LinePlot times =
                new LinePlot("API: milliseconds of a request, median", "livestreams in the database", Axis.LOGARITHMIC);
        LinePlot cpu =
                new LinePlot("API: CPU microseconds of a request", "livestreams in the database", Axis.LOGARITHMIC);
        Costs fewest = costs.values().iterator().next();
        for (Call call : Call.values()) {
            costs.forEach((livestreams, all) -> {
                Cost cost = all.calls().getOrDefault(call, new Cost());
                Cost least = fewest.calls().getOrDefault(call, new Cost());
                calls.add(
                        call.words,
                        Integer.toString(livestreams),
                        Numbers.text(cost.p50Ms().median()),
                        Numbers.ratio(cost.p50Ms().median(), least.p50Ms().median()),
                        Numbers.text(cost.p99Ms().median()),
                        Numbers.text(cost.cpuMicroseconds().median()));
                cost.p50Ms().median().ifPresent(value -> times.add(call.words, livestreams, value));
                cost.cpuMicroseconds().median().ifPresent(value -> cpu.add(call.words, livestreams, value));
            });
        }
        for (Slow one : Slow.values()) {
            costs.forEach((livestreams, all) -> slow.add(
                    one.words,
                    Integer.toString(livestreams),
                    Numbers.text(all.slowMs().getOrDefault(one, new Rounds()).median())));
        }
        costs.forEach((livestreams, all) -> rest.add(
                Integer.toString(livestreams),
                Numbers.text(all.startMs().median()),
                Numbers.text(all.residentMib().median())));
        String text = """
                ### Livestreams in the database

                All in one project; most have ended, each has a push token. `wrk -t1 -c%d` for %d s, after as long to
                warm up; %d rounds.

                %s
                ![Time](benchmarks/api-livestreams-time.svg)

                ![CPU](benchmarks/api-livestreams-cpu.svg)

                What may cost more, the more there are: pages far from the first, and a search. One request, with the
                file in memory:

                %s
                A start with them, and memory %d s after it:

                %s""".formatted(
                        CONNECTIONS,
                        LENGTH.toSeconds(),
                        rounds,
                        calls.markdown(),
                        slow.markdown(),
                        ApiBenchmark.REST.toSeconds(),
                        rest.markdown());
        return new ManyLivestreams(
                text, Map.of("api-livestreams-time.svg", times.svg(), "api-livestreams-cpu.svg", cpu.svg()));
    }
}
