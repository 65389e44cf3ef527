package io.lunarstream.server.live;

import io.lunarstream.hls.Generation;
import io.lunarstream.media.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.function.BiFunction;

/// The generations of one stream key: names and numbers them, shows their windows, and keeps them for a while after
/// their end.
///
/// Belongs to the event loop of its live stream; the windows are everybody's.
final class Generations {

    /// How long an ended playlist and its segments stay: viewers finish watching.
    static final Duration KEPT_AFTER_END = Duration.ofMinutes(5);

    /// How long a request may wait for a part or segment. Source: draft-pantos-hls-rfc8216bis, section 6.2.5.2.
    private static final int TARGET_DURATIONS_OF_WAIT = 3;

    private final LiveStream stream;
    private final LiveStreams streams;
    private final BiFunction<Duration, Runnable, ScheduledFuture<?>> timers;
    private final Windows windows = new Windows();
    private final WaitingRequests waiting = new WaitingRequests();
    private final PendingWindows pending;
    private long nextMediaSequence;
    private long lastGenerationMs;
    private int kept;

    /// @param timers runs something on the stream's event loop after a while
    Generations(LiveStream stream, LiveStreams streams, BiFunction<Duration, Runnable, ScheduledFuture<?>> timers) {
        this.stream = stream;
        this.streams = streams;
        this.timers = timers;
        this.pending = new PendingWindows(stream, timers);
    }

    Windows windows() {
        return windows;
    }

    WaitingRequests waiting() {
        return waiting;
    }

    /// Whether none is kept.
    boolean isEmpty() {
        return kept == 0;
    }

    /// A new one. Its name is the time, so that no other ever has it.
    GenerationMedia open(UUID livestreamId, List<Track> tracks) {
        lastGenerationMs = Math.max(lastGenerationMs + 1, now().toEpochMilli());
        String id = Long.toString(lastGenerationMs, Character.MAX_RADIX);
        List<Generation> playlists = Generation.of(id, streams.startName(), tracks, nextMediaSequence);
        return new GenerationMedia(
                livestreamId, playlists, streams.files().folder(stream.streamKey(), id), streams.allocator());
    }

    /// Shows a window as soon as the disk has what it lists.
    void publish(PreparedWindow prepared) {
        pending.add(prepared.onDisk(), () -> {
            windows.publish(prepared.window());
            waiting.published(prepared.window());
        });
    }

    /// Does something once all windows so far are shown.
    void afterPublishing(Runnable task) {
        pending.add(CompletableFuture.completedFuture(null), task);
    }

    /// Shows all windows so far, whatever the disk does.
    void publishAll() {
        pending.flush();
    }

    /// Another one is about to begin, which goes on with the media sequence numbers.
    ///
    /// @param last the window that stays until the other one can be played
    void supersede(GenerationMedia media, Window last) {
        nextMediaSequence = media.nextMediaSequence();
        publish(PreparedWindow.ofNothingNew(last));
    }

    /// One ends, and is kept for a while if there is anything of it.
    void close(GenerationMedia media) {
        nextMediaSequence = Math.max(nextMediaSequence, media.nextMediaSequence());
        Optional<PreparedWindow> last = media.end(now().toEpochMilli());
        if (last.isEmpty()) {
            media.delete();
            return;
        }
        publish(last.get());
        CompletableFuture<Void> _ = last.get().onDisk().thenRun(() -> stream.run(media::evictSaved));
        keepFor(KEPT_AFTER_END, media);
    }

    /// Has a request wait until a window is as it wants it. The wait is over at once if one is already.
    void await(WaitingRequest request) {
        Optional<Window> now = windows.generation(request.generation());
        if (now.isEmpty() || streams.isClosingDoors()) {
            request.giveUp();
        } else if (request.wants(now.get())) {
            request.answer(now.get());
        } else {
            long waitMs =
                    TARGET_DURATIONS_OF_WAIT * 1_000L * now.get().playlist().targetDurationSeconds();
            waiting.add(request, timers.apply(Duration.ofMillis(waitMs), () -> waiting.giveUp(request)));
        }
    }

    /// Takes back what earlier runs have left.
    ///
    /// @return the newest, if it has not ended
    Optional<GenerationMedia> takeBack(List<RecoveredGeneration> found) {
        List<GenerationMedia> oldestFirst = found.stream()
                .sorted(Comparator.comparingLong(Generations::number))
                .flatMap(recovered -> takeBack(recovered).stream())
                .toList();
        for (GenerationMedia media : oldestFirst) {
            nextMediaSequence = Math.max(nextMediaSequence, media.nextMediaSequence());
            boolean newest = media.equals(oldestFirst.getLast());
            if (newest && media.endedAtMs().isEmpty()) {
                return Optional.of(media);
            }
            keepEnded(media);
        }
        return Optional.empty();
    }

    private Optional<GenerationMedia> takeBack(RecoveredGeneration found) {
        lastGenerationMs = Math.max(lastGenerationMs, number(found));
        List<Generation> playlists = found.record().states().stream()
                .map(state -> new Generation(state, streams.startName()))
                .toList();
        GenerationFolder folder = streams.files().folder(stream.streamKey(), found.id());
        GenerationMedia media =
                new GenerationMedia(found.record().livestreamId(), playlists, folder, streams.allocator());
        if (!media.takeBack(found, now().toEpochMilli())) {
            media.delete();
            return Optional.empty();
        }
        media.window().map(PreparedWindow::ofNothingNew).ifPresent(this::publish);
        CompletableFuture<Void> _ = media.save();
        return Optional.of(media);
    }

    /// One that has ended, or that another has followed.
    private void keepEnded(GenerationMedia media) {
        if (media.endedAtMs().isEmpty()) {
            close(media);
        } else {
            Instant end = Instant.ofEpochMilli(media.endedAtMs().getAsLong());
            keepFor(Duration.between(now(), end.plus(KEPT_AFTER_END)), media);
        }
    }

    private void keepFor(Duration duration, GenerationMedia media) {
        kept++;
        ScheduledFuture<?> _ = timers.apply(duration, () -> {
            windows.forget(media.id());
            media.delete();
            kept--;
            stream.retireIfIdle();
        });
    }

    private Instant now() {
        return streams.clock().instant();
    }

    private static long number(RecoveredGeneration found) {
        return Long.parseLong(found.id(), Character.MAX_RADIX);
    }
}
