package io.lunarstream.server.http;

import java.util.List;
import java.util.Map;

/// What the route table knows of a request's method and path.
sealed interface RouteMatch {

    /// A route answers it.
    ///
    /// @param parameters the path's parameters by name
    record Found(Route route, Map<String, String> parameters) implements RouteMatch {
        public Found {
            parameters = Map.copyOf(parameters);
        }
    }

    /// The path exists, but not with this method.
    ///
    /// @param allowed the methods it has
    /// @param isPublic whether pages of other sites may ask
    record OtherMethod(List<String> allowed, boolean isPublic) implements RouteMatch {
        public OtherMethod {
            allowed = List.copyOf(allowed);
        }
    }

    /// Nothing has this path.
    record UnknownPath() implements RouteMatch {}
}
