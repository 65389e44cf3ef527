package io.lunarstream.bench.soak;

import io.lunarstream.bench.host.Machine;
import io.lunarstream.bench.peer.Lunar;
import io.lunarstream.bench.report.LinePlot;
import io.lunarstream.bench.report.LinePlot.Axis;
import io.lunarstream.bench.report.Numbers;
import io.lunarstream.bench.report.Table;
import io.lunarstream.bench.soak.Reading.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// The page that a run writes, with its images.
///
/// @param root of the tree
record SoakReport(Path root, SoakOptions options, Findings findings, Growth growth) {
    /// As many failures as a page shows; all have been said when they happened.
    private static final int SHOWN = 50;

    private static final Map<String, List<Quantity>> IMAGES = Map.of(
            "memory.svg", List.of(Quantity.HEAP, Quantity.DIRECT, Quantity.HELD, Quantity.RESIDENT),
            "descriptors.svg", List.of(Quantity.FILE_DESCRIPTORS, Quantity.THREADS, Quantity.FILES));

    /// Writes `soak.md` and its images beside it.
    void write(Path folder) throws IOException {
        Path images = folder.resolve("soak");
        Files.createDirectories(images);
        Files.writeString(folder.resolve("soak.md"), text());
        for (Map.Entry<String, List<Quantity>> image : IMAGES.entrySet()) {
            Files.writeString(images.resolve(image.getKey()), plot(image.getValue()));
        }
    }

    private String text() {
        return """
                # Soak

                Written by `./lunar soak`; do not edit. What is checked, and why:
                [decision 030](decisions/030-soak.md).

                - %s, %s by seed %d, on %s
                - %s
                - %d encoders and %d viewers at a time

                **%s**

                ## What was found

                %s
                ## Growth

                Read after garbage collections. Medians of quarters, warm-up apart; fewer than twelve readings tell no trend.

                %s
                ![Memory](soak/memory.svg)

                ![Descriptors, threads, files](soak/descriptors.svg)

                ## What was done

                %s""".formatted(
                        Lunar.in(root).version(),
                        words(options.length()),
                        options.seed(),
                        LocalDate.now(ZoneOffset.UTC),
                        Machine.description(),
                        options.encoders(),
                        options.viewers(),
                        findings.failures().isEmpty() ? "Everything held." : "Not everything held.",
                        failures(),
                        growthTable(),
                        counts());
    }

    private static String words(Duration length) {
        return length.toMinutes() % 60 == 0 ? length.toHours() + " h" : length.toMinutes() + " min";
    }

    private String failures() {
        List<String> failures = findings.failures();
        if (failures.isEmpty()) {
            return "Nothing.\n";
        }
        StringBuilder text = new StringBuilder(failures.size() + " failures:\n\n");
        failures.stream()
                .limit(SHOWN)
                .forEach(line -> text.append("- ")
                        .append(line.lines().findFirst().orElse(""))
                        .append("\n"));
        return text.toString();
    }

    private String growthTable() {
        Table table = new Table("", "second quarter", "last quarter", "may be", "at rest", "grown");
        for (Quantity quantity : Quantity.values()) {
            String rest = growth.atRest()
                    .map(reading -> Numbers.text(reading.of(quantity)))
                    .orElse("–");
            String[] trend = growth.verdict(quantity)
                    .map(verdict -> new String[] {
                        Numbers.text(verdict.second()),
                        Numbers.text(verdict.last()),
                        Numbers.text(quantity.most(verdict.second())),
                        verdict.grown() ? "**yes**" : "no"
                    })
                    .orElse(new String[] {"–", "–", "–", "–"});
            String unit = quantity.unit().isEmpty() ? "" : ", " + quantity.unit();
            table.add(quantity.words() + unit, trend[0], trend[1], trend[2], rest, trend[3]);
        }
        return table.markdown();
    }

    private String counts() {
        Table table = new Table("what", "how often");
        findings.counts().forEach((what, times) -> table.add(what, Long.toString(times)));
        return table.markdown();
    }

    private String plot(List<Quantity> quantities) {
        boolean bytes = quantities.getFirst().unit().equals("MB");
        LinePlot plot = new LinePlot(bytes ? "MB" : "how many", "minutes", Axis.LINEAR);
        for (Reading reading : growth.readings()) {
            for (Quantity quantity : quantities) {
                plot.add(quantity.line(), minutes(reading.at()), reading.of(quantity));
            }
        }
        return plot.svg();
    }

    /// To a tenth: what stands below a plot is to be short.
    private static double minutes(Duration at) {
        return Math.round(at.toSeconds() / 6.0) / 10.0;
    }
}
