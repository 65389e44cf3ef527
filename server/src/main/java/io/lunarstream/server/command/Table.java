package io.lunarstream.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// Resources as people read them. The last column has the text that may be long: it alone is cut to fit the screen.
///
/// @param columns in their order
record Table(List<Column> columns) {
    private static final String GAP = "  ";

    /// Left of a cut text, even on a screen that is too narrow for it.
    private static final int LEAST_COLUMNS = 8;

    Table {
        columns = List.copyOf(columns);
    }

    static Table of(Column... columns) {
        return new Table(List.of(columns));
    }

    /// A line of titles and a line per row.
    List<String> lines(List<JsonNode> rows, ZoneId zone, OptionalInt screen) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream()
                .map(column -> column.title().toUpperCase(Locale.ROOT))
                .toList());
        rows.forEach(row ->
                cells.add(columns.stream().map(column -> column.show(row, zone)).toList()));
        int last = columns.size() - 1;
        List<StringBuilder> lines = cells.stream().map(_ -> new StringBuilder()).toList();
        int used = 0;
        for (int i = 0; i < last; i++) {
            int column = i;
            int width = widest(cells.stream().map(row -> row.get(column)).toList());
            for (int row = 0; row < lines.size(); row++) {
                lines.get(row).append(padded(cells.get(row).get(i), width)).append(GAP);
            }
            used += width + GAP.length();
        }
        int left = screen.isPresent() ? Math.max(LEAST_COLUMNS, screen.getAsInt() - used) : Integer.MAX_VALUE;
        for (int row = 0; row < lines.size(); row++) {
            lines.get(row).append(Printable.cut(cells.get(row).getLast(), left));
        }
        return lines.stream().map(StringBuilder::toString).toList();
    }

    /// A line per column: its title and the value.
    static List<String> sheet(JsonNode resource, List<Column> columns, ZoneId zone) {
        int width = widest(columns.stream().map(Column::title).toList());
        return columns.stream()
                .map(column -> padded(column.title(), width) + GAP + column.show(resource, zone))
                .toList();
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(Printable::columns).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - Printable.columns(text));
    }
}
