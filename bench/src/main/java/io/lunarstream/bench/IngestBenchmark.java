package io.lunarstream.bench;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Contender;
import io.lunarstream.bench.report.LinePlot;
import io.lunarstream.bench.report.LinePlot.Axis;
import io.lunarstream.bench.report.Numbers;
import io.lunarstream.bench.report.Rounds;
import io.lunarstream.bench.report.Section;
import io.lunarstream.bench.report.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What a publisher costs a server in CPU and memory, with as many as 200.
final class IngestBenchmark implements Benchmark {
    private static final String NAME = "ingest";

    /// What one server costs with so many publishers, round by round.
    private record Cost(Rounds cpuSecondsPerPublisherMinute, Rounds residentMib) {
        Cost() {
            this(new Rounds(), new Rounds());
        }
    }

    private record Case(int publishers, Contender contender) {}

    /// How long what takes, and how often.
    private record Pace(List<Integer> sizes, int rounds, Duration ramp, Duration settled, Duration measured) {
        /// Three rounds of 70 s of settling, in which a JVM compiles, and 40 s of measuring: an hour, for nginx and
        /// Node-Media-Server beside ours.
        static final Pace FULL = new Pace(
                List.of(1, 10, 50, 200), 3, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(40));

        static final Pace QUICK =
                new Pace(List.of(1, 10), 1, Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Section run(Bench bench) throws InterruptedException {
        Pace pace = bench.quick() ? Pace.QUICK : Pace.FULL;
        List<Contender> contenders = bench.contenders();
        Path clip = Clip.in(bench.target());
        Map<Case, Cost> costs = new LinkedHashMap<>();
        for (int publishers : pace.sizes()) {
            for (int round = 0; round < pace.rounds(); round++) {
                for (Contender contender : Bench.inRound(round, contenders)) {
                    if (publishers <= contender.maxPublishers()) {
                        Case one = new Case(publishers, contender);
                        measure(bench, pace, clip, one, costs.computeIfAbsent(one, _ -> new Cost()));
                    }
                }
            }
        }
        return section(bench, pace, contenders, costs);
    }

    private static void measure(Bench bench, Pace pace, Path clip, Case one, Cost cost) throws InterruptedException {
        IngestRun run = new IngestRun(clip, pace.ramp(), pace.settled(), pace.measured());
        try (Workspace workspace = bench.workspace()) {
            IngestRun.Measured measured = run.of(workspace, one.contender(), one.publishers());
            cost.cpuSecondsPerPublisherMinute().add(measured.cpuSecondsPerPublisherMinute());
            cost.residentMib().add(measured.residentMib());
        } catch (BenchException e) {
            Bench.say("%s, %d publishers: %s".formatted(one.contender().name(), one.publishers(), e.getMessage()));
        }
    }

    private static Section section(Bench bench, Pace pace, List<Contender> contenders, Map<Case, Cost> costs) {
        Table table = new Table(
                "publishers",
                "server",
                "CPU s per publisher-minute",
                "of " + Bench.REFERENCE,
                "RSS, MiB",
                "RSS per publisher, MiB");
        LinePlot cpu = new LinePlot("Ingest: CPU seconds per publisher-minute", "publishers", Axis.LOGARITHMIC);
        LinePlot memory = new LinePlot("Ingest: resident memory, MiB", "publishers", Axis.LINEAR);
        costs.forEach((one, cost) -> {
            OptionalDouble cpuSeconds = cost.cpuSecondsPerPublisherMinute().median();
            OptionalDouble mib = cost.residentMib().median();
            table.add(
                    Integer.toString(one.publishers()),
                    one.contender().name(),
                    Numbers.text(cpuSeconds),
                    Numbers.ratio(cpuSeconds, reference(one.publishers(), costs)),
                    Numbers.text(mib),
                    mib.isPresent() ? Numbers.text(mib.getAsDouble() / one.publishers()) : Numbers.text(mib));
            cpuSeconds.ifPresent(value -> cpu.add(one.contender().name(), one.publishers(), value));
            mib.ifPresent(value -> memory.add(one.contender().name(), one.publishers(), value));
        });
        String text = """
                Publishers of %s, in real time:
                recorded bytes, sent by one light process that is not counted. Defaults, and files on disk. CPU and
                memory of all processes of a server, children included, after %d s; %d rounds of %d s. Ours makes
                both forms, MPEG-TS and fMP4, with parts; the others make MPEG-TS. Ours has its rate limits lifted,
                because so many livestreams are made at once.

                %s
                %s
                ![CPU](benchmarks/ingest-cpu.svg)

                ![Memory](benchmarks/ingest-memory.svg)
                """.formatted(
                        Clip.DESCRIPTION,
                        pace.ramp().plus(pace.settled()).toSeconds(),
                        pace.rounds(),
                        pace.measured().toSeconds(),
                        bench.circumstances(NAME, contenders),
                        table.markdown());
        return new Section(NAME, text, Map.of("ingest-cpu.svg", cpu.svg(), "ingest-memory.svg", memory.svg()));
    }

    private static OptionalDouble reference(int publishers, Map<Case, Cost> costs) {
        return costs.entrySet().stream()
                .filter(entry -> entry.getKey().publishers() == publishers)
                .filter(entry -> entry.getKey().contender().name().equals(Bench.REFERENCE))
                .map(entry -> entry.getValue().cpuSecondsPerPublisherMinute().median())
                .findFirst()
                .orElse(OptionalDouble.empty());
    }
}
