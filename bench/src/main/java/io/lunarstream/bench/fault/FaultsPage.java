package io.lunarstream.bench.fault;

import io.lunarstream.bench.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A page with a row for each fault. A run replaces the rows of the faults that it has made.
final class FaultsPage {
    private static final String TITLE = """
        # Faults

        Written by `./lunar faults`; do not edit. Each row is a server of its own, started by `./lunar up` on a fresh
        data directory, with encoders (FFmpeg, 720p, 2 Mbit/s, started anew a second after they end), a viewer of each
        HLS form for each of them who fetches every segment and judges every playlist, and a partner who creates and
        reads livestreams all the time. The fault is made, watched, mended, and watched again; at the end every
        livestream that was acknowledged is asked for.
        """;

    private static final String COLUMNS =
            new Table("fault", "made by", "meanwhile", "the operator sees", "lost, and afterwards").markdown();

    private final Path file;
    private final List<String> order;

    /// @param file made where it is missing
    /// @param order names of all faults
    FaultsPage(Path file, List<String> order) {
        this.file = file;
        this.order = List.copyOf(order);
    }

    /// Replaces rows.
    ///
    /// @param measured when and where, in a line
    void put(List<Finding> findings, String measured) throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        order.forEach(name -> rows.put(name, ""));
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                order.stream()
                        .filter(name -> line.startsWith(start(name)))
                        .forEach(name -> rows.put(name, line + "\n"));
            }
        }
        findings.forEach(finding -> rows.put(finding.fault(), row(finding)));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, TITLE + "\n" + measured + "\n\n" + COLUMNS + String.join("", rows.values()));
    }

    private static String start(String name) {
        return "| " + name + " |";
    }

    private static String row(Finding finding) {
        Table table = new Table("", "", "", "", "");
        table.add(finding.fault(), finding.made(), finding.during(), finding.operator(), finding.verdict());
        return table.markdown().lines().reduce("", (_, last) -> last) + "\n";
    }
}
