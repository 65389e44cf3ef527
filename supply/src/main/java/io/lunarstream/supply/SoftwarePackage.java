package io.lunarstream.supply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A version of a package, by the names that OSV has for it.
///
/// @param ecosystem whose registry it comes from: `Maven` or `npm`
/// @param name      `group:artifact` of Maven, `name` or `@scope/name` of npm
/// @param version   as published
record SoftwarePackage(String ecosystem, String name, String version) {
    /// A component of a bill of materials. One of an unknown registry is refused: it would never be checked.
    static SoftwarePackage of(JsonNode component) {
        String purl = component.path("purl").asText();
        String version = component.path("version").asText();
        if (purl.startsWith("pkg:maven/")) {
            return new SoftwarePackage("Maven", joined(component, ":"), version);
        }
        if (purl.startsWith("pkg:npm/")) {
            return new SoftwarePackage("npm", joined(component, "/"), version);
        }
        throw new IllegalArgumentException("a component of neither Maven nor npm: \"" + purl + "\"");
    }

    private static String joined(JsonNode component, String separator) {
        return Stream.of("group", "name")
                .map(field -> component.path(field).asText())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(separator));
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
