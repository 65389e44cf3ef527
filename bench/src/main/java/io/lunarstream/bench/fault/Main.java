package io.lunarstream.bench.fault;

import io.lunarstream.bench.Clip;
import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// `./lunar faults`: makes faults and writes what became of them.
///
/// ```
/// Main ROOT [NAME…]
/// ```
public final class Main {
    private static final List<Fault> ALL = List.of(
            new OutOfMemory(),
            new DirectMemory(),
            new Stopped(),
            new DiskFull(),
            BadDisk.readOnly(),
            BadDisk.slow(),
            new FilesGone(),
            new Storm(),
            new Crowd(),
            new SlowReaders(),
            new ClockSteps());
    private static final int WRONG_USAGE = 2;

    private Main() {}

    /// Makes faults, one after the other.
    ///
    /// @param args the tree and faults (none: all)
    public static void main(String... args) throws IOException, InterruptedException {
        Path root = Path.of(args[0]);
        List<Fault> chosen = chosen(List.of(args).subList(1, args.length));
        Lab lab = new Lab(root, Clip.in(Lab.target(root)).toAbsolutePath());
        Path page = root.resolve("docs").resolve("faults.md");
        FaultsPage faults = new FaultsPage(page, ALL.stream().map(Fault::name).toList());
        String measured = "Last run on %s on %s.".formatted(LocalDate.now(ZoneOffset.UTC), Machine.description());
        boolean allRight = true;
        for (Fault fault : chosen) {
            say(fault.name() + "…");
            try {
                Finding finding = run(fault, lab);
                faults.put(List.of(finding), measured);
                allRight &= finding.wrong().isEmpty();
                finding.wrong().forEach(wrong -> say(fault.name() + ": wrong: " + wrong));
            } catch (BenchException e) {
                say(fault.name() + ": " + e.getMessage());
                allRight = false;
            }
        }
        say("written: " + page);
        System.exit(allRight ? 0 : 1);
    }

    private static Finding run(Fault fault, Lab lab) throws InterruptedException {
        try {
            return fault.run(lab);
        } catch (NotHereException e) {
            say(fault.name() + ": not made here: " + e.getMessage());
            return Finding.notHere(fault.name(), String.valueOf(e.getMessage()));
        }
    }

    private static List<Fault> chosen(List<String> names) {
        List<Fault> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(ALL.stream()
                    .filter(fault -> fault.name().equals(name))
                    .findFirst()
                    .orElseGet(() -> refuse(name)));
        }
        return chosen.isEmpty() ? ALL : chosen;
    }

    private static Fault refuse(String name) {
        say("no fault \"" + name + "\"; there are: "
                + String.join(" ", ALL.stream().map(Fault::name).toList()));
        System.exit(WRONG_USAGE);
        throw new IllegalStateException("still here");
    }

    private static void say(String line) {
        System.err.println("faults: " + line);
    }
}
