package io.lunarstream.server.node;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lunarstream.server.live.StreamAbsence;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Tells the origin of a media node why there is nothing to play at a stream key, which the API knows.
public final class NodeAbsences implements Function<String, CompletionStage<StreamAbsence>> {
    private static final String PATH = "/api/v1/media-node/livestreams/";

    /// Nothing else is worth a question.
    private static final Pattern STREAM_KEY = Pattern.compile("[0-9a-f]{32}");

    /// As long as viewers and caches may keep the answer.
    private static final Duration KEPT = Duration.ofSeconds(1);

    /// Answers of one second; each takes some 200 bytes. Stream keys that strangers make up are among them.
    private static final int MOST = 10_000;

    /// How many questions may be under way; more wait only when the API is stuck, and then a queue would not help.
    private static final int MAX_UNDER_WAY = 512;

    private final Semaphore underWay = new Semaphore(MAX_UNDER_WAY);
    private final AsyncLoadingCache<String, StreamAbsence> answers;

    public NodeAbsences(ApiNodes api) {
        this.answers = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(KEPT)
                .executor(Thread::startVirtualThread)
                .buildAsync(streamKey -> ask(api, streamKey));
    }

    private static StreamAbsence ask(ApiNodes api, String streamKey) {
        String word = api.get(PATH + streamKey).path("data").path("absence").asText();
        return StreamAbsence.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Completes exceptionally if the API must be asked and cannot be.
    @Override
    public CompletionStage<StreamAbsence> apply(String streamKey) {
        if (!STREAM_KEY.matcher(streamKey).matches()) {
            return CompletableFuture.completedStage(StreamAbsence.NOT_FOUND);
        }
        if (!underWay.tryAcquire()) {
            return CompletableFuture.failedStage(new IllegalStateException("too many questions under way"));
        }
        return answers.get(streamKey).whenComplete((_, _) -> underWay.release());
    }
}
