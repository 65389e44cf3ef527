package io.lunarstream.server.livestream;

import io.lunarstream.server.http.Values;
import io.lunarstream.server.mediaserver.MediaServer.Status;
import io.lunarstream.server.mediaserver.MediaServers.Load;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The value check of what partners say about a livestream, with its limits. Source: the Partner API, errors ("400 or
/// 422") and partner endpoints.
final class LivestreamValues {
    private static final int MAX_EXTERNAL_ID_CHARACTERS = 255;
    private static final int MAX_METADATA_ENTRIES = 20;
    private static final int MAX_METADATA_KEY_CHARACTERS = 64;
    private static final int MAX_METADATA_VALUE_CHARACTERS = 500;

    private static final Duration DEFAULT_TOKEN_LIFETIME = Duration.ofHours(1);
    private static final long MIN_TOKEN_SECONDS = 60;
    private static final long MAX_TOKEN_SECONDS = 2_592_000;

    private final Values values = new Values();

    /// The name without its surrounding blanks.
    String name(String name) {
        return values.name("name", name);
    }

    void externalId(String externalId) {
        values.text("externalId", externalId, MAX_EXTERNAL_ID_CHARACTERS);
    }

    void metadata(Map<String, String> metadata) {
        values.textMap(
                "metadata", metadata, MAX_METADATA_ENTRIES, MAX_METADATA_KEY_CHARACTERS, MAX_METADATA_VALUE_CHARACTERS);
    }

    /// How long a push token lives; a default if the partner does not say.
    Duration lifetime(Optional<BigInteger> expiresIn) {
        return expiresIn
                .map(seconds -> values.integer("expiresIn", seconds, MIN_TOKEN_SECONDS, MAX_TOKEN_SECONDS))
                .map(Duration::ofSeconds)
                .orElse(DEFAULT_TOKEN_LIFETIME);
    }

    /// A media server that a livestream is to live on from now on.
    void mediaServer(Load load) {
        if (load.server().status() != Status.ONLINE) {
            values.reject("mediaServerId", "must name a media server that is online");
        } else if (load.isFull()) {
            values.reject("mediaServerId", "must name a media server that has room");
        }
    }

    void search(String search) {
        values.searchText("search", search);
    }

    /// Ends the request with 422 if there is a fault.
    void check() {
        values.check();
    }
}
