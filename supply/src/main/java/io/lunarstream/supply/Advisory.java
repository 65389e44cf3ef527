package io.lunarstream.supply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/// A known hole of a version of a package: [the OSV format](https://ossf.github.io/osv-schema/), in what matters here.
///
/// @param what    what has the hole
/// @param id      OSV's
/// @param aliases other names, such as of the CVE
/// @param summary a sentence, which may be empty
/// @param fixed   versions that do not have it, one for each line of versions; none if there is none yet
record Advisory(SoftwarePackage what, String id, List<String> aliases, String summary, List<String> fixed) {
    static Advisory of(SoftwarePackage what, JsonNode record) {
        return new Advisory(
                what,
                text(record.path("id")),
                record.path("aliases").valueStream().map(Advisory::text).toList(),
                text(record.path("summary")),
                fixed(what, record).distinct().toList());
    }

    private static Stream<String> fixed(SoftwarePackage what, JsonNode record) {
        return record.path("affected")
                .valueStream()
                .filter(affected -> affected.at("/package/ecosystem").asText().equals(what.ecosystem())
                        && affected.at("/package/name").asText().equals(what.name()))
                .flatMap(affected -> affected.path("ranges").valueStream())
                .flatMap(range -> range.path("events").valueStream())
                .filter(event -> event.has("fixed"))
                .map(event -> text(event.path("fixed")));
    }

    /// What a terminal may be shown.
    private static String text(JsonNode node) {
        return node.asText().replaceAll("\\p{Cntrl}", " ");
    }

    /// For people: what, which, since when it is mended, and where to read on.
    String lines() {
        return """
                %s: %s
                  %s
                  %s
                  https://osv.dev/vulnerability/%s
                """.formatted(
                what,
                String.join(", ", Stream.concat(Stream.of(id), aliases.stream()).toList()),
                summary.isEmpty() ? "(no summary)" : summary,
                fixed.isEmpty() ? "not fixed in any version" : "fixed in " + String.join(", ", fixed),
                id);
    }
}
