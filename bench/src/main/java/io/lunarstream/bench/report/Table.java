package io.lunarstream.bench.report;

import java.util.ArrayList;
import java.util.List;

/// A table in Markdown.
public final class Table {
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        this.header = List.of(header);
    }

    /// One more row, as wide as the header.
    public void add(String... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + header);
        }
        rows.add(List.of(cells));
    }

    /// The table; a bar in a cell does not end it.
    public String markdown() {
        StringBuilder text = new StringBuilder();
        line(header, text);
        line(header.stream().map(_ -> "---").toList(), text);
        rows.forEach(row -> line(row, text));
        return text.toString();
    }

    private static void line(List<String> cells, StringBuilder text) {
        text.append("|");
        for (String cell : cells) {
            text.append(" ").append(cell.replace("|", "\\|")).append(" |");
        }
        text.append("\n");
    }
}
