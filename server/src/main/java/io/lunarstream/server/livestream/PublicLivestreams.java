package io.lunarstream.server.livestream;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lunarstream.server.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What everybody may know of livestreams, by stream key: from memory, for pages and players that ask often.
///
/// Whoever has committed a change says so with [#changed]; what was being read at that moment is not kept then. So an
/// answer is never older than the last change that has been answered. Nothing is kept for stream keys that strangers
/// make up.
public final class PublicLivestreams {

    /// More livestreams than are watched at a time. One takes about 1 KB, and 3 KB with the longest name: the least
    /// wanted make room.
    private static final int MAX_LIVESTREAMS = 10_000;

    /// When one that is asked for is read again, beside the answer: another node may have changed it.
    private static final Duration FRESH = Duration.ofSeconds(5);

    /// How long one may be served while it cannot be read again: an outage of the database that people notice should
    /// not be an outage of their players.
    private static final Duration KEPT = Duration.ofMinutes(1);

    /// Where Caffeine writes a stack trace for each read that fails. Those who asked are told, and say so in the log.
    private static final Logger CAFFEINE_LOG = Logger.getLogger("com.github.benmanes.caffeine");

    static {
        CAFFEINE_LOG.setLevel(Level.OFF);
    }

    /// Nothing else is worth a question to the database.
    private static final Pattern STREAM_KEY = Pattern.compile("[0-9a-f]{32}");

    private final Supplier<Instant> passedDeadline;
    private final Consumer<String> otherNodes;
    private final AsyncLoadingCache<String, @Nullable PublicLivestream> byStreamKey;

    /// @param passedDeadline tells the latest deadline that has passed by now
    /// @param otherNodes are told the stream key of each livestream that has changed here; waits for nothing
    public PublicLivestreams(
            Database database, Supplier<Instant> passedDeadline, InstantSource clock, Consumer<String> otherNodes) {
        this(reader(database, new LivestreamRepository()), passedDeadline, clock, otherNodes);
    }

    /// @param reader finds a livestream by its stream key, and may block
    PublicLivestreams(
            Function<String, Optional<PublicLivestream>> reader,
            Supplier<Instant> passedDeadline,
            InstantSource clock,
            Consumer<String> otherNodes) {
        this.otherNodes = otherNodes;
        this.passedDeadline = passedDeadline;
        this.byStreamKey = Caffeine.newBuilder()
                .maximumSize(MAX_LIVESTREAMS)
                .refreshAfterWrite(FRESH)
                .expireAfterWrite(KEPT)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Thread::startVirtualThread)
                .buildAsync(streamKey -> reader.apply(streamKey).orElse(null));
    }

    private static Function<String, Optional<PublicLivestream>> reader(
            Database database, LivestreamRepository repository) {
        return streamKey -> database.read(handle -> repository.findPublic(handle, streamKey));
    }

    /// One that is not deleted, of any project.
    ///
    /// @throws io.lunarstream.server.database.DatabaseUnavailableException if it must be read and cannot be
    Optional<PublicLivestream> find(String streamKey) {
        try {
            return ask(streamKey).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /// As [#find], without waiting for the database: the stage completes on any thread.
    CompletionStage<Optional<PublicLivestream>> ask(String streamKey) {
        if (!STREAM_KEY.matcher(streamKey).matches()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return byStreamKey
                .get(streamKey)
                .thenApply(found -> Optional.ofNullable(found).map(one -> one.at(passedDeadline.get())));
    }

    /// As [#find], of what lies in memory: waits for nothing. Empty if it has to be read, or is not there.
    Optional<PublicLivestream> atHand(String streamKey) {
        @Nullable CompletableFuture<PublicLivestream> read = byStreamKey.getIfPresent(streamKey);
        return read == null || !read.isDone() || read.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.ofNullable(read.join()).map(one -> one.at(passedDeadline.get()));
    }

    /// A change of a livestream has been committed.
    void changed(String streamKey) {
        forget(streamKey);
        otherNodes.accept(streamKey);
    }

    /// Another node has changed a livestream.
    void forget(String streamKey) {
        byStreamKey.synchronous().invalidate(streamKey);
    }

    /// Other nodes may have changed any.
    void forgetAll() {
        byStreamKey.synchronous().invalidateAll();
    }
}
