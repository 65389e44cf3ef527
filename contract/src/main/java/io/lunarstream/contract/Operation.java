package io.lunarstream.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An operation that the document describes, at one of its paths.
///
/// @param method in capitals
/// @param template the path; segments in braces are parameters
/// @param access who may use it: `x-access`
/// @param rateLimit the limit that counts its requests: `x-rate-limit`
/// @param elsewhere whether its path is another server's, and unknown to this one
/// @param node its description
public record Operation(
        String method, String template, String access, Optional<String> rateLimit, boolean elsewhere, JsonNode node) {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch");
    private static final String PUBLIC = "public";

    /// Everything that a document describes, those without parameters first: a path written out beats a pattern.
    static List<Operation> allOf(Document document) {
        return document.root().path("paths").properties().stream()
                .flatMap(path -> templates(path).flatMap(template -> operations(template, path.getValue())))
                .sorted(Comparator.comparingLong(Operation::parameters))
                .toList();
    }

    /// The path, and where it also answers: `x-also-at`.
    private static Stream<String> templates(Entry<String, JsonNode> path) {
        return Stream.concat(
                Stream.of(path.getKey()),
                path.getValue().path("x-also-at").valueStream().map(JsonNode::asText));
    }

    private static Stream<Operation> operations(String template, JsonNode path) {
        return path.properties().stream()
                .filter(entry -> METHODS.contains(entry.getKey()))
                .map(entry -> new Operation(
                        entry.getKey().toUpperCase(Locale.ROOT),
                        template,
                        entry.getValue().required("x-access").asText(),
                        Optional.ofNullable(entry.getValue().get("x-rate-limit"))
                                .map(JsonNode::asText),
                        /* elsewhere= */ path.has("servers"),
                        entry.getValue()));
    }

    /// Whether a path is one of the template's. A parameter is never empty.
    boolean hasPath(String path) {
        String[] wanted = template.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!fits(wanted[i], given[i])) {
                return false;
            }
        }
        return true;
    }

    /// A segment may be a parameter with a fixed ending, such as `{name}.m3u8`.
    private static boolean fits(String wanted, String given) {
        if (!wanted.startsWith("{")) {
            return wanted.equals(given);
        }
        String ending = wanted.substring(wanted.indexOf('}') + 1);
        return given.endsWith(ending) && given.length() > ending.length();
    }

    private long parameters() {
        return List.of(template.split("/", -1)).stream()
                .filter(Operation::isParameter)
                .count();
    }

    boolean isPublic() {
        return access.equals(PUBLIC);
    }

    private static boolean isParameter(String segment) {
        return Pattern.matches("\\{.+}", segment);
    }
}
