package io.lunarstream.server.cluster;

import java.net.URI;
import java.util.Optional;

/// Where Valkey or Redis is, and how to log in there.
///
/// @param url `redis://HOST[:PORT][/DATABASE]`, or `rediss://` for TLS
/// @param user empty for the one called `default`
/// @param password empty if it asks for none
public record ValkeyAddress(URI url, Optional<String> user, Optional<String> password) {

    boolean isEncrypted() {
        return url.getScheme().equals("rediss");
    }

    /// Without the secret.
    @Override
    public String toString() {
        return url.toString();
    }
}
