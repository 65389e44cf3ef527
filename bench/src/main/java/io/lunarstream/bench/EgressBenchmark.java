package io.lunarstream.bench;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Usage;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Contender;
import io.lunarstream.bench.peer.Livestream;
import io.lunarstream.bench.peer.RunningServer;
import io.lunarstream.bench.report.Numbers;
import io.lunarstream.bench.report.Rounds;
import io.lunarstream.bench.report.Section;
import io.lunarstream.bench.report.Table;
import io.lunarstream.bench.viewer.LivePlaylist;
import io.lunarstream.bench.viewer.ReloadingViewers;
import io.lunarstream.bench.viewer.Wrk;
import io.lunarstream.bench.viewer.WrkResult;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What viewers cost a server: live segments, playlists, and playlists that are waited for.
final class EgressBenchmark implements Benchmark {
    private static final String NAME = "egress";

    /// A segment is among the newest for so long: it is fetched as by viewers at the live edge.
    private static final Duration LENGTH = Duration.ofSeconds(6);

    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration PUBLISHED = Duration.ofSeconds(90);
    private static final int RELOADING_VIEWERS = 1_000;

    /// Six minutes with two peers.
    private static final int ROUNDS = 5;

    /// What viewers ask for.
    private enum Load {
        SEGMENTS_50("live segment, 50 viewers", 50),
        SEGMENTS_1000("live segment, 1 000 viewers", 1_000),
        PLAYLISTS_50("playlist, 50 viewers", 50);

        final String words;
        final int viewers;

        Load(String words, int viewers) {
            this.words = words;
            this.viewers = viewers;
        }

        URI address(LivePlaylist.Seen playlist) {
            return switch (this) {
                case SEGMENTS_50, SEGMENTS_1000 -> playlist.newestSegment().orElseThrow();
                case PLAYLISTS_50 -> playlist.address();
            };
        }
    }

    private record Case(Load load, Contender contender) {}

    private record Cost(Rounds cpuSecondsPerGb, Rounds gbPerSecond, Rounds perSecond, Rounds cpuMicrosecondsEach) {
        Cost() {
            this(new Rounds(), new Rounds(), new Rounds(), new Rounds());
        }

        void add(WrkResult result, double cpuSeconds) {
            cpuSecondsPerGb.add(cpuSeconds / result.gigabytes());
            gbPerSecond.add(result.gigabytes() / result.seconds());
            perSecond.add(result.perSecond());
            cpuMicrosecondsEach.add(cpuSeconds * 1e6 / result.requests());
        }
    }

    private record Reloads(Rounds perSecond, Rounds cpuMicrosecondsEach, Rounds spreadMs) {
        Reloads() {
            this(new Rounds(), new Rounds(), new Rounds());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Section run(Bench bench) throws InterruptedException {
        List<Contender> contenders = bench.contenders();
        Path clip = Clip.in(bench.target());
        Map<Case, Cost> costs = new LinkedHashMap<>();
        for (Load load : Load.values()) {
            contenders.forEach(contender -> costs.put(new Case(load, contender), new Cost()));
        }
        Reloads reloads = new Reloads();
        for (int round = 0; round < (bench.quick() ? 1 : ROUNDS); round++) {
            for (Contender contender : Bench.inRound(round, contenders)) {
                measure(bench, clip, contender, costs, reloads);
            }
        }
        return section(bench, contenders, costs, reloads);
    }

    private static void measure(Bench bench, Path clip, Contender contender, Map<Case, Cost> costs, Reloads reloads)
            throws InterruptedException {
        try (Workspace workspace = bench.workspace()) {
            RunningServer server = contender.start(workspace);
            Livestream livestream = server.livestreams().create("egress");
            Publishers.start(workspace, clip, List.of(livestream), Duration.ZERO, PUBLISHED);
            LivePlaylist playlist = new LivePlaylist(livestream.playlist());
            playlist.awaitSegment();
            Thread.sleep(SETTLED);
            // What is compiled on the way in the first seconds is not the cost of the years after.
            WrkResult _ = new Wrk(Load.SEGMENTS_50.viewers, LENGTH)
                    .run(workspace, Load.SEGMENTS_50.address(playlist.awaitSegment()));
            for (Load load : Load.values()) {
                Usage before = server.processes().usage();
                WrkResult result = new Wrk(load.viewers, LENGTH).run(workspace, load.address(playlist.awaitSegment()));
                double cpu = server.processes().usage().cpuSeconds() - before.cpuSeconds();
                costs.computeIfAbsent(new Case(load, contender), _ -> new Cost())
                        .add(result, cpu);
                Bench.say("%s, %s: %s requests/s, %s CPU s per GB"
                        .formatted(
                                contender.name(),
                                load.words,
                                Numbers.text(result.perSecond()),
                                Numbers.text(cpu / result.gigabytes())));
            }
            if (livestream.lowLatencyPlaylist().isPresent()) {
                reload(server, new LivePlaylist(livestream.lowLatencyPlaylist().orElseThrow()), reloads);
            }
        } catch (BenchException e) {
            Bench.say(contender.name() + ": " + e.getMessage());
        }
    }

    private static void reload(RunningServer server, LivePlaylist playlist, Reloads reloads)
            throws InterruptedException {
        try (ReloadingViewers viewers = new ReloadingViewers(RELOADING_VIEWERS, playlist.awaitSegment())) {
            Thread.sleep(LENGTH);
            Usage before = server.processes().usage();
            long reloadsBefore = viewers.reloads();
            Thread.sleep(LENGTH);
            double cpu = server.processes().usage().cpuSeconds() - before.cpuSeconds();
            long count = viewers.reloads() - reloadsBefore;
            reloads.perSecond().add((double) count / LENGTH.toSeconds());
            reloads.cpuMicrosecondsEach().add(cpu * 1e6 / count);
            viewers.spreadsMs().forEach(reloads.spreadMs()::add);
        }
    }

    private static Section section(Bench bench, List<Contender> contenders, Map<Case, Cost> costs, Reloads reloads) {
        Table table = new Table(
                "load", "server", "CPU s per GB", "of " + Bench.REFERENCE, "GB/s", "requests/s", "CPU µs per request");
        costs.forEach((one, cost) -> table.add(
                one.load().words,
                one.contender().name(),
                Numbers.text(cost.cpuSecondsPerGb().median()),
                Numbers.ratio(cost.cpuSecondsPerGb().median(), reference(one.load(), costs)),
                Numbers.text(cost.gbPerSecond().median()),
                Numbers.text(cost.perSecond().median()),
                Numbers.text(cost.cpuMicrosecondsEach().median())));
        Table blocking = new Table("playlists/s", "CPU µs per playlist", "from the first viewer to the last, ms");
        blocking.add(
                Numbers.text(reloads.perSecond().median()),
                Numbers.text(reloads.cpuMicrosecondsEach().median()),
                Numbers.text(reloads.spreadMs().median()));
        String text = """
                One publisher of %s;
                `wrk -t1` on connections that stay asks for the newest segment, about 0.5 MB of MPEG-TS, or for the
                playlist, for %d s, after as long to warm up; %d rounds. nginx sends files by `sendfile`. wrk has the
                same cores as the server, so that GB/s are of both.

                %s
                %s
                1 000 viewers who wait for each next part by blocking reload, of ours alone:

                %s""".formatted(
                        Clip.DESCRIPTION,
                        LENGTH.toSeconds(),
                        bench.quick() ? 1 : ROUNDS,
                        bench.circumstances(NAME, contenders),
                        table.markdown(),
                        blocking.markdown());
        return new Section(NAME, text, Map.of());
    }

    private static OptionalDouble reference(Load load, Map<Case, Cost> costs) {
        return costs.entrySet().stream()
                .filter(entry -> entry.getKey().load() == load)
                .filter(entry -> entry.getKey().contender().name().equals(Bench.REFERENCE))
                .map(entry -> entry.getValue().cpuSecondsPerGb().median())
                .findFirst()
                .orElse(OptionalDouble.empty());
    }
}
