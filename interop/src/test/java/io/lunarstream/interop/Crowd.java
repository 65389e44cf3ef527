package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.MediaPlaylistText;
import io.lunarstream.bench.playlist.MediaPlaylistText.Part;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Many viewers in low-latency mode, on one thread: each waits for the next part, fetches it, and waits for the next.
final class Crowd implements AutoCloseable {
    /// Longer than any wait of a playlist request.
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(thread)
            .build();

    /// When playlists came, in nanoseconds of [System#nanoTime], by what they had been waiting for.
    private final Map<Point, Queue<Long>> answers = new ConcurrentHashMap<>();

    /// Playlists that have come, by their text: each is judged once, not once per viewer.
    private final Map<String, MediaPlaylistText> updates = new ConcurrentHashMap<>();

    private final Set<String> parts = ConcurrentHashMap.newKeySet();
    private final URI playlist;

    /// What a request waits for.
    record Point(long mediaSequence, int part) {
        static Point after(MediaPlaylistText playlist) {
            return new Point(playlist.nextMediaSequence(), playlist.openParts().size());
        }

        boolean isBefore(Point other) {
            return mediaSequence < other.mediaSequence || (mediaSequence == other.mediaSequence && part < other.part);
        }
    }

    /// @param playlist the media playlist's address, at an edge or at the origin
    Crowd(URI playlist) {
        this.playlist = playlist;
    }

    /// Lets viewers in.
    ///
    /// @param from what each of them waits for first
    /// @param rounds how many parts each of them waits for
    CompletableFuture<Void> watch(int viewers, Point from, int rounds) {
        return CompletableFuture.allOf(IntStream.range(0, viewers)
                .mapToObj(viewer -> next(viewer, from, rounds))
                .toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> next(int viewer, Point wanted, int rounds) {
        if (rounds == 0) {
            return CompletableFuture.completedFuture(null);
        }
        return update(viewer, wanted)
                .thenCompose(update ->
                        fetchNewest(viewer, update).thenCompose(_ -> next(viewer, Point.after(update), rounds - 1)));
    }

    private CompletableFuture<MediaPlaylistText> update(int viewer, Point wanted) {
        String query = "?_HLS_msn=" + wanted.mediaSequence() + "&_HLS_part=" + wanted.part() + "&token=" + viewer;
        return get(URI.create(playlist + query), BodyHandlers.ofString()).thenApply(text -> {
            answers.computeIfAbsent(wanted, _ -> new ConcurrentLinkedQueue<>()).add(System.nanoTime());
            MediaPlaylistText update = updates.computeIfAbsent(text, MediaPlaylistText::parse);
            assertThat(wanted.isBefore(Point.after(update)))
                    .as("%s is there in\n%s", wanted, text)
                    .isTrue();
            return update;
        });
    }

    private CompletableFuture<byte[]> fetchNewest(int viewer, MediaPlaylistText update) {
        String newest = Stream.concat(update.segments().getLast().parts().stream(), update.openParts().stream())
                .map(Part::uri)
                .reduce((_, later) -> later)
                .orElseThrow();
        parts.add(newest);
        return get(playlist.resolve(newest + "?token=" + viewer), BodyHandlers.ofByteArray());
    }

    private <T> CompletableFuture<T> get(URI address, BodyHandler<T> body) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        return http.sendAsync(request, body).thenApply(answer -> {
            assertThat(answer.statusCode()).as("%s", address).isEqualTo(200);
            return answer.body();
        });
    }

    /// Counts from now on.
    void forget() {
        answers.clear();
        parts.clear();
    }

    /// How many playlists have come.
    int answers() {
        return answers.values().stream().mapToInt(Queue::size).sum();
    }

    /// How many different things were waited for.
    int points() {
        return answers.size();
    }

    /// By how much each playlist came later than to somebody else, shortest first.
    ///
    /// @param other who has seen the same stream
    List<Long> delaysMs(Crowd other) {
        List<Long> delaysMs = new ArrayList<>();
        answers.forEach((point, times) -> {
            Queue<Long> theirs = other.answers.getOrDefault(point, new ArrayDeque<>());
            if (!theirs.isEmpty()) {
                times.forEach(at -> delaysMs.add(TimeUnit.NANOSECONDS.toMillis(at - theirs.element())));
            }
        });
        return delaysMs.stream().sorted().toList();
    }

    /// The parts that were fetched.
    Set<String> parts() {
        return parts;
    }

    @Override
    public void close() {
        http.shutdownNow();
        thread.shutdownNow();
    }
}
