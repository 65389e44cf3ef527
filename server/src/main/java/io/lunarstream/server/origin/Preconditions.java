package io.lunarstream.server.origin;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/// What a request's headers ask of a representation. Source: RFC 9110, sections 12.5.3 and 13.1.
final class Preconditions {
    private Preconditions() {}

    /// Whether the client already has the representation with this entity tag: `If-None-Match`.
    static boolean has(HttpServerRequest request, String etag) {
        String header = request.getHeader("If-None-Match");
        return header != null && names(header, etag);
    }

    /// Whether a list of entity tags has this one.
    static boolean names(String ifNoneMatch, String etag) {
        for (String candidate : ifNoneMatch.split(",", -1)) {
            String tag = candidate.strip();
            if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }

    /// The `Range` header of a `GET`, unless `If-Range` says that it was meant for another representation.
    static String range(HttpServerRequest request, String etag) {
        if (!request.method().equals(HttpMethod.GET)) {
            return "";
        }
        String range = request.getHeader("Range");
        String ifRange = request.getHeader("If-Range");
        return range == null || (ifRange != null && !ifRange.equals(etag)) ? "" : range;
    }

    /// Whether the client takes gzip: `Accept-Encoding`.
    static boolean acceptsGzip(HttpServerRequest request) {
        String header = request.getHeader("Accept-Encoding");
        return header != null && allowsGzip(header);
    }

    /// Whether a list of codings has gzip, and not only to refuse it.
    static boolean allowsGzip(String acceptEncoding) {
        for (String coding : acceptEncoding.split(",", -1)) {
            String[] parameters = coding.split(";", -1);
            boolean named = parameters[0].strip().equals("gzip")
                    || parameters[0].strip().equals("*");
            if (named) {
                return parameters.length < 2 || !parameters[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }
}
