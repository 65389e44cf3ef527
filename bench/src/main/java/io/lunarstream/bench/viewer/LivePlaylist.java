package io.lunarstream.bench.viewer;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Deadline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Looks at the playlists of one live stream.
///
/// @param address of a media playlist, or a multivariant one
public record LivePlaylist(URI address) {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Duration TIME_TO_PLAY = Duration.ofSeconds(30);

    /// A media playlist as it was once.
    ///
    /// @param address where it is
    public record Seen(URI address, String text) {

        /// The newest segment listed.
        public Optional<URI> newestSegment() {
            return uris(text).reduce((_, last) -> last).map(address::resolve);
        }

        /// The point after the newest part listed.
        public LiveEdge edge() {
            return LiveEdge.of(text);
        }

        /// Whether more is going to come.
        public boolean isLive() {
            return !text.contains("#EXT-X-ENDLIST");
        }

        /// Whether it has parts of segments.
        public boolean listsParts() {
            return text.contains("#EXT-X-PART:");
        }

        private static Stream<String> uris(String text) {
            return text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"));
        }
    }

    /// Waits for a media playlist of which something holds.
    public Seen await(String what, Predicate<Seen> wanted) throws InterruptedException {
        List<Seen> found = new ArrayList<>();
        Deadline.await(what + " in " + address.getPath(), TIME_TO_PLAY, () -> {
            look().filter(wanted).ifPresent(found::add);
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    /// Waits until it lists a segment.
    public Seen awaitSegment() throws InterruptedException {
        return await("a segment", seen -> seen.newestSegment().isPresent());
    }

    /// The media playlist as it is now, the first one where there are several; empty if there is none yet.
    private Optional<Seen> look() {
        return get(address).flatMap(text -> {
            if (!text.contains("#EXT-X-STREAM-INF")) {
                return Optional.of(new Seen(address, text));
            }
            URI variant = address.resolve(Seen.uris(text).findFirst().orElseThrow());
            return get(variant).map(found -> new Seen(variant, found));
        });
    }

    /// What an address answers; empty unless it is a success.
    public static Optional<String> get(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            throw new BenchException("no answer from " + address.getPath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }
}
