package io.lunarstream.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A page with one section for each benchmark. A run replaces the sections that it has measured.
public final class BenchmarksPage {
    private static final String TITLE = """
            # Benchmarks

            Written by `./lunar bench`, a section by each benchmark; do not edit. All servers run on one
            machine and speak over loopback, in turn, in one run: read the ratios, not the absolutes. A number is the
            median of its rounds.
            """;

    private static final String HEADING = "## ";

    private final Path file;
    private final List<String> order;

    /// @param file made where it is missing
    /// @param order names of all benchmarks
    public BenchmarksPage(Path file, List<String> order) {
        this.file = file;
        this.order = List.copyOf(order);
    }

    /// Replaces a section and writes its images.
    public void put(Section section) throws IOException {
        Path images = file.resolveSibling("benchmarks");
        Files.createDirectories(images);
        for (Map.Entry<String, String> image : section.images().entrySet()) {
            Files.writeString(images.resolve(image.getKey()), image.getValue());
        }
        String page = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, with(section, page));
    }

    private String with(Section section, String page) {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String name : order) {
            sections.put(name, "");
        }
        sections.putAll(sections(page));
        sections.put(section.name(), section.text().strip());
        StringBuilder text = new StringBuilder(TITLE);
        sections.forEach((name, body) -> {
            if (!body.isEmpty()) {
                text.append("\n")
                        .append(HEADING)
                        .append(name)
                        .append("\n\n")
                        .append(body)
                        .append("\n");
            }
        });
        return text.toString();
    }

    private static Map<String, String> sections(String page) {
        List<String> parts = new ArrayList<>(List.of(("\n" + page).split("\n" + HEADING, -1)));
        parts.removeFirst();
        Map<String, String> sections = new LinkedHashMap<>();
        for (String part : parts) {
            String[] headingAndBody = part.split("\n", 2);
            sections.put(headingAndBody[0].strip(), headingAndBody[1].strip());
        }
        return sections;
    }
}
