package io.lunarstream.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Lines over a horizontal axis, as an SVG image that can be read on light and dark pages.
public final class LinePlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int RIGHT = 190;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final int GRID_LINES = 4;

    /// Told apart by people who see fewer colours, too, on white and on black. Source: Okabe and Ito.
    private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00");

    /// How the horizontal axis grows.
    public enum Axis {
        /// A straight line is what grows evenly.
        LINEAR,
        /// A level line is what does not grow; small values are told apart.
        LOGARITHMIC;

        double of(double value) {
            return switch (this) {
                case LINEAR -> value;
                case LOGARITHMIC -> Math.log(value);
            };
        }
    }

    /// Numbers that would be closer to the one before are not written.
    private static final double BETWEEN_NUMBERS = 32;

    private final String title;
    private final String xLabel;
    private final Axis axis;
    private final Map<String, NavigableMap<Double, Double>> lines = new LinkedHashMap<>();

    /// @param title what the y axis shows, with its unit
    /// @param xLabel what the x axis shows
    public LinePlot(String title, String xLabel, Axis axis) {
        this.title = title;
        this.xLabel = xLabel;
        this.axis = axis;
    }

    /// One more point of a line.
    ///
    /// @param x above 0 on a logarithmic axis
    /// @param y 0 or above
    public void add(String line, double x, double y) {
        lines.computeIfAbsent(line, _ -> new TreeMap<>()).put(x, y);
    }

    /// The image.
    public String svg() {
        List<String> parts = new ArrayList<>();
        parts.add("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <style>
                text { fill: #222 } .axis { stroke: #999 }
                @media (prefers-color-scheme: dark) { text { fill: #ddd } .axis { stroke: #777 } }
                </style>
                <text x="%d" y="22" font-weight="bold">%s</text>
                """.formatted(WIDTH, HEIGHT, LEFT, escaped(title)));
        yAxis(parts);
        xAxis(parts);
        int index = 0;
        for (Map.Entry<String, NavigableMap<Double, Double>> line : lines.entrySet()) {
            line(line.getKey(), line.getValue(), index++, parts);
        }
        return String.join("", parts) + "</svg>\n";
    }

    private void yAxis(List<String> parts) {
        double top = top();
        for (int i = 0; i <= GRID_LINES; i++) {
            double value = top * i / GRID_LINES;
            String y = coordinate(y(value));
            parts.add("<path class=\"axis\" d=\"M%d %sH%d\" stroke-width=\"%s\"/>\n"
                    .formatted(LEFT, y, WIDTH - RIGHT, i == 0 ? "1" : "0.3"));
            parts.add("<text x=\"%d\" y=\"%s\" dy=\"4\" text-anchor=\"end\">%s</text>\n"
                    .formatted(LEFT - 8, y, Numbers.text(value)));
        }
    }

    private void xAxis(List<String> parts) {
        TreeSet<Double> values = new TreeSet<>();
        lines.values().forEach(line -> values.addAll(line.keySet()));
        double before = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (x(value) - before >= BETWEEN_NUMBERS) {
                before = x(value);
                parts.add("<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
                        .formatted(coordinate(before), HEIGHT - BOTTOM + 20, plain(value)));
            }
        }
        parts.add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
                .formatted((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, escaped(xLabel)));
    }

    private void line(String name, NavigableMap<Double, Double> points, int index, List<String> parts) {
        String colour = COLOURS.get(index % COLOURS.size());
        StringBuilder path = new StringBuilder();
        for (Map.Entry<Double, Double> point : points.entrySet()) {
            String x = coordinate(x(point.getKey()));
            String y = coordinate(y(point.getValue()));
            path.append(path.isEmpty() ? "M" : "L").append(x).append(" ").append(y);
            parts.add("<circle cx=\"%s\" cy=\"%s\" r=\"3.5\" fill=\"%s\"/>\n".formatted(x, y, colour));
        }
        parts.add("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n".formatted(path, colour));
        int y = TOP + 12 + index * 22;
        parts.add(
                "<path d=\"M%d %dh18\" stroke=\"%s\" stroke-width=\"3\"/>\n".formatted(WIDTH - RIGHT + 14, y, colour));
        parts.add("<text x=\"%d\" y=\"%d\" dy=\"4\">%s</text>\n".formatted(WIDTH - RIGHT + 38, y, escaped(name)));
    }

    private double top() {
        return lines.values().stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(Double::doubleValue)
                .filter(value -> value > 0)
                .max()
                .orElse(1);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / top() * (HEIGHT - BOTTOM - TOP);
    }

    private double x(double value) {
        double low = axis.of(lines.values().stream()
                .mapToDouble(NavigableMap::firstKey)
                .min()
                .orElse(1));
        double high = axis.of(
                lines.values().stream().mapToDouble(NavigableMap::lastKey).max().orElse(1));
        double place = high == low ? 0.5 : (axis.of(value) - low) / (high - low);
        return LEFT + 20 + place * (WIDTH - RIGHT - LEFT - 40);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Numbers.text(value);
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
