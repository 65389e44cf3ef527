package io.lunarstream.bench;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.report.BenchmarksPage;
import io.lunarstream.bench.report.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `./lunar bench`: runs benchmarks and writes their page.
///
/// ```
/// Main ROOT [NAME…] [--quick]
/// ```
public final class Main {
    private static final List<Benchmark> ALL = List.of(
            new IngestBenchmark(),
            new EgressBenchmark(),
            new ViewersBenchmark(),
            new LatencyBenchmark(),
            new ApiBenchmark(),
            new SplitBenchmark(),
            new MicroBenchmark());
    private static final int WRONG_USAGE = 2;

    /// Ctrl+C has been pressed: servers have been ended under what was measured.
    private static volatile boolean ending;

    private Main() {}

    /// Runs benchmarks, one after the other.
    ///
    /// @param args the tree, benchmarks (none: all), and whether to be quick
    public static void main(String... args) throws IOException, InterruptedException {
        Bench bench = new Bench(Path.of(args[0]), List.of(args).contains("--quick"));
        List<Benchmark> chosen = chosen(List.of(args).subList(1, args.length));
        // A trial must not replace what was measured with care.
        Path page = (bench.quick() ? bench.target() : bench.root().resolve("docs")).resolve("benchmarks.md");
        BenchmarksPage pages =
                new BenchmarksPage(page, ALL.stream().map(Benchmark::name).toList());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending = true));
        boolean allMeasured = true;
        for (Benchmark benchmark : chosen) {
            allMeasured &= run(benchmark, bench, pages);
        }
        Bench.say("written: " + page);
        System.exit(allMeasured ? 0 : 1);
    }

    /// Whether it could be measured. What could not leaves the page as it was.
    private static boolean run(Benchmark benchmark, Bench bench, BenchmarksPage pages)
            throws IOException, InterruptedException {
        try {
            Section section = benchmark.run(bench);
            if (!ending) {
                pages.put(section);
                System.out.println(section.text());
            }
            return true;
        } catch (BenchException e) {
            Bench.say(benchmark.name() + ": " + e.getMessage());
            return false;
        }
    }

    private static List<Benchmark> chosen(List<String> words) {
        List<Benchmark> chosen = new ArrayList<>();
        for (String word : words) {
            if (!word.equals("--quick")) {
                chosen.add(ALL.stream()
                        .filter(benchmark -> benchmark.name().equals(word))
                        .findFirst()
                        .orElseGet(() -> refuse(word)));
            }
        }
        return chosen.isEmpty() ? ALL : chosen;
    }

    private static Benchmark refuse(String word) {
        Bench.say("no benchmark \"" + word + "\"; there are: "
                + String.join(" ", ALL.stream().map(Benchmark::name).toList()));
        System.exit(WRONG_USAGE);
        throw new IllegalStateException("still here");
    }
}
