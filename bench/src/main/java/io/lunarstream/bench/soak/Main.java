package io.lunarstream.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/// `./lunar soak`: runs one, writes its report, and ends with 0 only if everything held.
///
/// ```
/// Main ROOT [--hours N] [--minutes N] [--seed S]
/// ```
public final class Main {
    private static final int WRONG_USAGE = 2;

    /// Seeds that one can read out.
    private static final int SEEDS = 1_000_000;

    private Main() {}

    /// Soaks.
    ///
    /// @param args the tree, how long, and by which seed
    public static void main(String... args) throws IOException, InterruptedException {
        System.exit(run(Path.of(args[0]), List.of(args).subList(1, args.length)));
    }

    private static int run(Path root, List<String> words) throws IOException, InterruptedException {
        SoakOptions options;
        try {
            options = SoakOptions.parse(words, new SecureRandom().nextInt(SEEDS));
        } catch (IllegalArgumentException e) {
            System.err.println("soak: " + e.getMessage());
            return WRONG_USAGE;
        }
        System.err.println("soak: for " + options.length() + " by seed " + options.seed());
        Path logs = root.resolve("bench/target/soak");
        Files.createDirectories(logs);
        Findings findings = new Findings();
        Growth growth = new Soak(root, options, findings, logs).run();
        for (Reading.Quantity quantity : Reading.Quantity.values()) {
            growth.verdict(quantity)
                    .filter(Growth.Verdict::grown)
                    .ifPresent(verdict -> findings.fail("growth", verdict.text()));
        }
        Path folder = options.page() ? root.resolve("docs") : logs;
        new SoakReport(root, options, findings, growth).write(folder);
        System.err.println("soak: " + findings.failures().size() + " failures, written: " + folder.resolve("soak.md"));
        return findings.failures().isEmpty() ? 0 : 1;
    }
}
