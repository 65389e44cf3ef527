package io.lunarstream.interop;

import io.lunarstream.bench.playlist.HlsForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Follows all livestreams of a server in the background, in both forms, and keeps what it finds for the test to fail
/// by: see [PlaylistWatchExtension].
///
/// It belongs to a data directory and not to a process, so that it goes on when the server comes back.
final class PlaylistWatch {
    private static final Map<Path, PlaylistWatch> BY_DATA_DIR = new ConcurrentHashMap<>();

    /// Often enough to see each part, and less than a player asks.
    private static final Duration PACE = Duration.ofMillis(250);

    private static final ScheduledExecutorService LOOKING =
            Executors.newScheduledThreadPool(8, Thread.ofVirtual().factory());

    private final Duration betweenLooks;
    private final Map<String, List<StreamFollower>> followers = new LinkedHashMap<>();
    private final List<String> reported = new ArrayList<>();
    private final List<Future<?>> looking = new ArrayList<>();
    private Optional<String> httpUrl = Optional.empty();

    PlaylistWatch(Duration betweenLooks) {
        this.betweenLooks = betweenLooks;
    }

    static PlaylistWatch of(Path dataDir) {
        return BY_DATA_DIR.computeIfAbsent(dataDir.toAbsolutePath(), _ -> new PlaylistWatch(PACE));
    }

    /// One that looks less often, for a server with many livestreams; to be made before the server is started.
    static void slowly(Path dataDir, Duration betweenLooks) {
        BY_DATA_DIR.put(dataDir.toAbsolutePath(), new PlaylistWatch(betweenLooks));
    }

    /// One that looks at nothing, for livestreams that another server plays.
    static PlaylistWatch ofNothing() {
        return new PlaylistWatch(PACE);
    }

    /// What was found anywhere and was not told before.
    static List<String> newBreachesAnywhere() {
        return BY_DATA_DIR.values().stream()
                .flatMap(watch -> watch.newBreaches().stream())
                .toList();
    }

    /// The server is there, or there again.
    synchronized void resume(String newHttpUrl) {
        pause();
        httpUrl = Optional.of(newHttpUrl);
        followers.values().forEach(list -> list.forEach(follower -> start(follower, newHttpUrl)));
    }

    /// The server is about to go: whatever it answers from now on is not looked at. Waits for looks under way.
    synchronized void pause() {
        httpUrl = Optional.empty();
        looking.forEach(look -> look.cancel(/* mayInterruptIfRunning= */ true));
        looking.clear();
        followers.values().forEach(list -> list.forEach(StreamFollower::pause));
    }

    /// Follows a livestream, if it does not yet.
    synchronized void follow(String streamKey) {
        if (!followers.containsKey(streamKey)) {
            List<StreamFollower> forms = Stream.of(HlsForm.values())
                    .map(form -> new StreamFollower(streamKey, form))
                    .toList();
            followers.put(streamKey, forms);
            httpUrl.ifPresent(url -> forms.forEach(follower -> start(follower, url)));
        }
    }

    /// A deleted livestream may be gone at once.
    synchronized void forget(String streamKey) {
        followers.getOrDefault(streamKey, List.of()).forEach(StreamFollower::stop);
    }

    private void start(StreamFollower follower, String url) {
        looking.add(LOOKING.scheduleWithFixedDelay(
                () -> follower.look(url), 0, betweenLooks.toMillis(), TimeUnit.MILLISECONDS));
    }

    /// Rules that were broken since this was asked last.
    synchronized List<String> newBreaches() {
        List<String> found = followers.values().stream()
                .flatMap(List::stream)
                .flatMap(follower -> follower.breach().stream())
                .filter(breach -> !reported.contains(breach))
                .toList();
        reported.addAll(found);
        return found;
    }
}
