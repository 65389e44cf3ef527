package io.lunarstream.server.origin;

import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What the origin has answered since the start; it only grows. Safe to call from any thread.
public final class OriginTraffic {

    /// What an address leads to.
    public enum Kind {
        MULTIVARIANT,
        PLAYLIST,
        /// Segments, parts and init segments.
        MEDIA,
        /// No address of ours.
        OTHER;

        /// As a label of a metric.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What is counted as one.
    private record Answers(Kind kind, int hundreds) {}

    private final Map<Answers, LongAdder> responses = new ConcurrentHashMap<>();
    private final Map<Kind, LongAdder> bytes = new ConcurrentHashMap<>();

    /// Begins at zero.
    public OriginTraffic() {}

    /// Responses that were sent whole.
    ///
    /// @param hundreds of their status, 1 to 5
    public long responses(Kind kind, int hundreds) {
        return of(responses, new Answers(kind, hundreds)).sum();
    }

    /// Bytes of bodies that were sent whole.
    public long bytes(Kind kind) {
        return of(bytes, kind).sum();
    }

    /// Counts a response once it is sent.
    void watch(Optional<HlsPath> path, HttpServerResponse response) {
        Kind kind = path.map(OriginTraffic::kind).orElse(Kind.OTHER);
        response.endHandler(_ -> {
            of(responses, new Answers(kind, response.getStatusCode() / 100)).increment();
            of(bytes, kind).add(response.bytesWritten());
        });
    }

    private static <K> LongAdder of(Map<K, LongAdder> adders, K key) {
        return adders.computeIfAbsent(key, _ -> new LongAdder());
    }

    private static Kind kind(HlsPath path) {
        return switch (path) {
            case HlsPath.Multivariant _ -> Kind.MULTIVARIANT;
            case HlsPath.Media _ -> Kind.PLAYLIST;
            case HlsPath.Stored _ -> Kind.MEDIA;
        };
    }
}
