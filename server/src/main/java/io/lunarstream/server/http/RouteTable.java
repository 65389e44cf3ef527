package io.lunarstream.server.http;

import io.lunarstream.server.http.RouteMatch.Found;
import io.lunarstream.server.http.RouteMatch.OtherMethod;
import io.lunarstream.server.http.RouteMatch.UnknownPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every route by its path. A path written out beats one with parameters.
final class RouteTable {

    /// The routes of one path.
    ///
    /// @param segments of the template; those in braces are parameters
    private record Path(List<String> segments, Map<String, Route> routes) {

        boolean isLiteral() {
            return segments.stream().noneMatch(RouteTable::isParameter);
        }
    }

    private final Map<String, Path> literals = new HashMap<>();
    private final List<Path> patterns = new ArrayList<>();

    RouteTable(List<Route> routes) {
        Map<String, Path> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            Path path = paths.computeIfAbsent(
                    route.template(), template -> new Path(segments(template), new LinkedHashMap<>()));
            if (path.routes.put(route.method(), route) != null) {
                throw new IllegalArgumentException("two routes for " + route.method() + " " + route.template());
            }
        }
        paths.forEach((template, path) -> {
            if (path.isLiteral()) {
                literals.put(template, path);
            } else {
                patterns.add(path);
            }
        });
    }

    RouteMatch match(String method, String path) {
        Path literal = literals.get(path);
        if (literal != null) {
            return match(method, literal, Map.of());
        }
        List<String> segments = segments(path);
        for (Path pattern : patterns) {
            Optional<Map<String, String>> parameters = parameters(pattern.segments, segments);
            if (parameters.isPresent()) {
                return match(method, pattern, parameters.get());
            }
        }
        return new UnknownPath();
    }

    private static RouteMatch match(String method, Path path, Map<String, String> parameters) {
        Route route = path.routes.get(method.equals("HEAD") ? "GET" : method);
        return route != null ? new Found(route, parameters) : otherMethod(path);
    }

    private static OtherMethod otherMethod(Path path) {
        boolean isPublic = path.routes.values().stream().anyMatch(route -> route.access() == Access.PUBLIC);
        Set<String> allowed = new LinkedHashSet<>();
        for (String method : path.routes.keySet()) {
            allowed.add(method);
            if (method.equals("GET")) {
                allowed.add("HEAD");
            }
        }
        if (isPublic) {
            allowed.add("OPTIONS");
        }
        return new OtherMethod(List.copyOf(allowed), isPublic);
    }

    private static Optional<Map<String, String>> parameters(List<String> template, List<String> path) {
        if (template.size() != path.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < template.size(); i++) {
            String wanted = template.get(i);
            Optional<String> given = Query.decode(path.get(i), /* plusIsBlank= */ false);
            if (isParameter(wanted) && given.isPresent() && !given.get().isEmpty()) {
                parameters.put(wanted.substring(1, wanted.length() - 1), given.get());
            } else if (!wanted.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
