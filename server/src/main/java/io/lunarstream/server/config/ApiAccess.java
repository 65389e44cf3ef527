package io.lunarstream.server.config;

import java.net.URI;
import java.util.List;

/// How a media node reaches the API.
///
/// @param urls of API nodes, or of what stands before them, without a path; the first that answers will do
/// @param secret of the media server that this node is
public record ApiAccess(List<URI> urls, String secret) {

    public ApiAccess {
        urls = List.copyOf(urls);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "ApiAccess[urls=" + urls + "]";
    }
}
