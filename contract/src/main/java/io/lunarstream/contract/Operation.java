package io.lunarstream.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// An operation that the document describes, at one of its paths.
///
/// @param method in capitals
/// @param template the path; segments in braces are parameters
/// @param access who may use it: `x-access`
/// @param rateLimit the limit that counts its requests: `x-rate-limit`
/// @param node its description
public record Operation(String method, String template, String access, Optional<String> rateLimit, JsonNode node) {
    private static final String PUBLIC = "public";

    /// Whether a path is one of the template's. A parameter is never empty.
    boolean hasPath(String path) {
        String[] wanted = template.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            boolean fits = isParameter(wanted[i]) ? !given[i].isEmpty() : wanted[i].equals(given[i]);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /// How many segments are parameters: a path written out beats one with parameters.
    long parameters() {
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
