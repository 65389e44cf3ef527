package io.lunarstream.bench.report;

import java.util.Map;

/// What one benchmark has to say.
///
/// @param name the benchmark's, which is its heading
/// @param text in Markdown, below the heading
/// @param images SVG images by their file names, in `benchmarks/` beside the page
public record Section(String name, String text, Map<String, String> images) {
    public Section {
        images = Map.copyOf(images);
    }
}
