package io.lunarstream.bench;

import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Contender;
import io.lunarstream.bench.peer.SplitLunar;
import io.lunarstream.bench.report.Numbers;
import io.lunarstream.bench.report.Rounds;
import io.lunarstream.bench.report.Section;
import io.lunarstream.bench.report.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What it costs to run the API and the media server as two processes.
final class SplitBenchmark implements Benchmark {
    private static final String NAME = "split";
    private static final int PUBLISHERS = 50;

    /// Ten minutes.
    private static final int ROUNDS = 3;

    private record Cost(Rounds cpuSecondsPerPublisherMinute, Rounds residentMib, Rounds admissionMs) {
        Cost() {
            this(new Rounds(), new Rounds(), new Rounds());
        }

        void add(IngestRun.Measured measured) {
            cpuSecondsPerPublisherMinute.add(measured.cpuSecondsPerPublisherMinute());
            residentMib.add(measured.residentMib());
            admissionMs.add(measured.admissionMs());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Section run(Bench bench) throws InterruptedException {
        Path clip = Clip.in(bench.target());
        IngestRun run = bench.quick()
                ? new IngestRun(clip, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10))
                : new IngestRun(clip, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));
        int rounds = bench.quick() ? 1 : ROUNDS;
        List<Contender> contenders = List.of(bench.lunar(), new SplitLunar(bench.lunar()));
        Map<Contender, Cost> costs = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Contender contender : Bench.inRound(round, contenders)) {
                try (Workspace workspace = bench.workspace()) {
                    costs.computeIfAbsent(contender, _ -> new Cost()).add(run.of(workspace, contender, PUBLISHERS));
                }
            }
        }
        return section(bench, run, rounds, contenders, costs);
    }

    private static Section section(
            Bench bench, IngestRun run, int rounds, List<Contender> contenders, Map<Contender, Cost> costs) {
        Cost one = costs.getOrDefault(contenders.getFirst(), new Cost());
        Table table = new Table("server", "CPU s per publisher-minute", "of one process", "RSS, MiB", "admission, ms");
        costs.forEach((contender, cost) -> table.add(
                contender.name(),
                Numbers.text(cost.cpuSecondsPerPublisherMinute().median()),
                Numbers.ratio(
                        cost.cpuSecondsPerPublisherMinute().median(),
                        one.cpuSecondsPerPublisherMinute().median()),
                Numbers.text(cost.residentMib().median()),
                Numbers.text(cost.admissionMs().median())));
        String text = """
                %d publishers of %s,
                as in ingest: one process, and an API node and a media node on the same machine. Admission is the
                median time from an encoder's connection to its leave to publish; %d rounds of %d s.

                %s
                %s""".formatted(
                        PUBLISHERS,
                        Clip.DESCRIPTION,
                        rounds,
                        run.measured().toSeconds(),
                        bench.circumstances(NAME, contenders),
                        table.markdown());
        return new Section(NAME, text, Map.of());
    }
}
