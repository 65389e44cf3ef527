package io.lunarstream.bench;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Usage;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Contender;
import io.lunarstream.bench.peer.Livestream;
import io.lunarstream.bench.peer.RunningServer;
import io.lunarstream.bench.report.LinePlot;
import io.lunarstream.bench.report.LinePlot.Axis;
import io.lunarstream.bench.report.Numbers;
import io.lunarstream.bench.report.Rounds;
import io.lunarstream.bench.report.Section;
import io.lunarstream.bench.report.Table;
import io.lunarstream.bench.viewer.LivePlaylist;
import io.lunarstream.bench.viewer.PlayingViewers;
import io.lunarstream.bench.viewer.PlayingViewers.Fetched;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What a server uses as viewers become more, who all play one livestream as HLS players do.
final class ViewersBenchmark implements Benchmark {
    private static final String NAME = "viewers";
    private static final double MIB = 1 << 20;

    /// How long what takes, and how often. Viewers come evenly over several segments, so that they do not fetch in
    /// step.
    ///
    /// @param warmUp before the first look: what is compiled then is no cost of viewers
    private record Pace(
            List<Integer> sizes, int rounds, Duration warmUp, Duration ramp, Duration settled, Duration measured) {
        /// Half an hour. The first look, without viewers, is what the publisher costs.
        static final Pace FULL = new Pace(
                List.of(0, 1, 10, 100, 1_000, 5_000),
                3,
                Duration.ofSeconds(30),
                Duration.ofSeconds(8),
                Duration.ofSeconds(12),
                Duration.ofSeconds(20));

        static final Pace QUICK = new Pace(
                List.of(0, 10, 200),
                1,
                Duration.ZERO,
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                Duration.ofSeconds(8));

        /// How long all of it takes.
        Duration all() {
            return warmUp.plus(ramp.plus(settled).plus(measured).multipliedBy(sizes.size()));
        }
    }

    private record Case(int viewers, Contender contender) {}

    private record Cost(Rounds cpuSecondsPerMinute, Rounds residentMib, Rounds megabitsPerSecond, Rounds latePercent) {
        Cost() {
            this(new Rounds(), new Rounds(), new Rounds(), new Rounds());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Section run(Bench bench) throws InterruptedException {
        Pace pace = bench.quick() ? Pace.QUICK : Pace.FULL;
        Path clip = Clip.light(bench.target());
        List<Contender> contenders = Bench.withReference(bench.contenders());
        Map<Case, Cost> costs = new LinkedHashMap<>();
        for (int viewers : pace.sizes()) {
            contenders.forEach(contender -> costs.put(new Case(viewers, contender), new Cost()));
        }
        for (int round = 0; round < pace.rounds(); round++) {
            for (Contender contender : Bench.inRound(round, contenders)) {
                measure(bench, pace, clip, contender, costs);
            }
        }
        return section(bench, pace, contenders, costs);
    }

    private static void measure(Bench bench, Pace pace, Path clip, Contender contender, Map<Case, Cost> costs)
            throws InterruptedException {
        try (Workspace workspace = bench.workspace()) {
            RunningServer server = contender.start(workspace);
            Livestream livestream = server.livestreams().create(NAME);
            Duration published = pace.all().plusMinutes(1);
            Publishers.start(workspace, clip, List.of(livestream), Duration.ZERO, published);
            LivePlaylist.Seen playlist = new LivePlaylist(livestream.playlist()).awaitSegment();
            Thread.sleep(pace.warmUp());
            try (PlayingViewers viewers = new PlayingViewers(playlist.address())) {
                for (int count : pace.sizes()) {
                    viewers.grow(count, pace.ramp());
                    Thread.sleep(pace.ramp().plus(pace.settled()));
                    Case one = new Case(count, contender);
                    look(pace, server, viewers, one, costs.computeIfAbsent(one, _ -> new Cost()));
                }
            }
        } catch (BenchException e) {
            Bench.say(contender.name() + ": " + e.getMessage());
        }
    }

    private static void look(Pace pace, RunningServer server, PlayingViewers viewers, Case one, Cost cost)
            throws InterruptedException {
        Usage before = server.processes().usage();
        Fetched fetchedBefore = viewers.fetched();
        long startNs = System.nanoTime();
        Thread.sleep(pace.measured());
        Usage after = server.processes().usage();
        double seconds = (System.nanoTime() - startNs) / 1e9;
        Fetched fetched = viewers.fetched().since(fetchedBefore);
        if (viewers.fetched().failed() > 0) {
            throw new BenchException("of %d viewers %d are gone, because a request failed"
                    .formatted(one.viewers(), viewers.fetched().failed()));
        }
        cost.cpuSecondsPerMinute().add((after.cpuSeconds() - before.cpuSeconds()) * 60 / seconds);
        cost.residentMib().add(after.residentBytes() / MIB);
        cost.megabitsPerSecond().add(fetched.bytes() * 8 / 1e6 / seconds);
        long wanted = fetched.segments() + fetched.missed();
        cost.latePercent().add(wanted == 0 ? 0 : 100.0 * (fetched.late() + fetched.missed()) / wanted);
        Bench.say("%s, %d viewers: %s CPU s per minute, %s MiB, %s Mbit/s"
                .formatted(
                        one.contender().name(),
                        one.viewers(),
                        Numbers.text(cost.cpuSecondsPerMinute().median()),
                        Numbers.text(cost.residentMib().median()),
                        Numbers.text(cost.megabitsPerSecond().median())));
    }

    private static Section section(Bench bench, Pace pace, List<Contender> contenders, Map<Case, Cost> costs) {
        Table table = new Table(
                "viewers",
                "server",
                "CPU s per minute",
                "of " + Bench.REFERENCE,
                "CPU ms per viewer-minute, without the publisher's",
                "RSS, MiB",
                "Mbit/s",
                "late or missed, %");
        LinePlot cpu = new LinePlot("Viewers: CPU seconds per minute", NAME, Axis.LINEAR);
        LinePlot memory = new LinePlot("Viewers: resident memory, MiB", NAME, Axis.LINEAR);
        costs.forEach((one, cost) -> {
            OptionalDouble cpuSeconds = cost.cpuSecondsPerMinute().median();
            OptionalDouble mib = cost.residentMib().median();
            table.add(
                    Integer.toString(one.viewers()),
                    one.contender().name(),
                    Numbers.text(cpuSeconds),
                    Numbers.ratio(cpuSeconds, cpuSeconds(one.viewers(), Bench.REFERENCE, costs)),
                    Numbers.text(perViewerMs(one, costs)),
                    Numbers.text(mib),
                    Numbers.text(cost.megabitsPerSecond().median()),
                    Numbers.text(cost.latePercent().median()));
            cpuSeconds.ifPresent(value -> cpu.add(one.contender().name(), one.viewers(), value));
            mib.ifPresent(value -> memory.add(one.contender().name(), one.viewers(), value));
        });
        String text = """
                One publisher of %s:
                so few bytes that the machine has room for all viewers. Each has a connection of its own, begins three
                segments from the end, and fetches the playlist and each new segment of MPEG-TS in real time; they are
                light, and not counted. They become more while the server runs; each size is looked at for %d s; %d
                rounds. Late is a segment that takes longer to come than to play.

                %s
                %s
                ![CPU](benchmarks/viewers-cpu.svg)

                ![Memory](benchmarks/viewers-memory.svg)
                """.formatted(
                        Clip.LIGHT_DESCRIPTION,
                        pace.measured().toSeconds(),
                        pace.rounds(),
                        bench.circumstances(NAME, contenders),
                        table.markdown());
        return new Section(NAME, text, Map.of("viewers-cpu.svg", cpu.svg(), "viewers-memory.svg", memory.svg()));
    }

    private static OptionalDouble perViewerMs(Case one, Map<Case, Cost> costs) {
        OptionalDouble all = cpuSeconds(one.viewers(), one.contender().name(), costs);
        OptionalDouble publisher = cpuSeconds(0, one.contender().name(), costs);
        return one.viewers() == 0 || all.isEmpty() || publisher.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((all.getAsDouble() - publisher.getAsDouble()) * 1_000 / one.viewers());
    }

    private static OptionalDouble cpuSeconds(int viewers, String contender, Map<Case, Cost> costs) {
        return costs.entrySet().stream()
                .filter(entry -> entry.getKey().viewers() == viewers)
                .filter(entry -> entry.getKey().contender().name().equals(contender))
                .map(entry -> entry.getValue().cpuSecondsPerMinute().median())
                .findFirst()
                .orElse(OptionalDouble.empty());
    }
}
