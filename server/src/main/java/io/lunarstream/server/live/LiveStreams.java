package io.lunarstream.server.live;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Every live stream of this media server, by stream key. Safe to call from any thread; nothing here blocks.
///
/// A stream key is known here only from its first admitted publisher until its last playlist has been forgotten, so
/// nothing is kept for names that strangers make up.
public final class LiveStreams implements AutoCloseable {
    /// How long a close waits for event loops that are busy.
    private static final int CLOSE_SECONDS = 1;

    /// How many requests may wait at a time. Each costs some 10 kB with its connection.
    private static final int MOST_WAITING = 20_000;

    private final InstantSource clock;
    private final LiveSettings settings;
    private final BroadcastListener listener;
    private final MediaFiles files;
    private final ByteBufAllocator allocator;
    private final String startName;
    private final AtomicInteger broadcasts = new AtomicInteger();
    private final ConcurrentMap<String, LiveStream> byStreamKey = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final IngestTotals ingestTotals = new IngestTotals();
    private volatile boolean draining;
    private volatile boolean closingDoors;

    /// @param files where segments go that are too old for memory
    /// @param listener learns what becomes of broadcasts
    public LiveStreams(InstantSource clock, LiveSettings settings, MediaFiles files, BroadcastListener listener) {
        this(clock, settings, files, listener, PooledByteBufAllocator.DEFAULT);
    }

    /// @param allocator where all memory for media comes from
    LiveStreams(
            InstantSource clock,
            LiveSettings settings,
            MediaFiles files,
            BroadcastListener listener,
            ByteBufAllocator allocator) {
        this.clock = clock;
        this.settings = settings;
        this.files = files;
        this.listener = listener;
        this.allocator = allocator;
        long start = files.nextStart(clock.instant().getEpochSecond());
        this.startName = Long.toString(start, Character.MAX_RADIX);
    }

    /// Takes back what an earlier run of the server has left on disk, so that viewers can go on: what was live waits
    /// for its encoder for one reconnect window. To be called before anybody comes.
    ///
    /// @param loops gives each stream an event loop to begin on
    public void takeBack(Supplier<ScheduledExecutorService> loops) {
        Map<String, List<RecoveredGeneration>> found =
                files.recover().stream().collect(Collectors.groupingBy(RecoveredGeneration::streamKey));
        found.forEach((streamKey, generations) -> {
            LiveStream stream = new LiveStream(streamKey, this, loops.get());
            if (stream.takeBack(generations)) {
                byStreamKey.put(streamKey, stream);
            }
        });
    }

    /// Lets in a publisher that has a permit, or says why not. Answers on the publisher's event loop.
    ///
    /// @param loop the event loop of the publisher's connection
    /// @param connection tells the encoder why it is cut and closes the connection; called on any event loop
    public void admit(
            PublishPermit permit,
            ScheduledExecutorService loop,
            Consumer<PublisherCut> connection,
            Consumer<Admission> answer) {
        LiveStream stream = byStreamKey.computeIfAbsent(permit.streamKey(), key -> new LiveStream(key, this, loop));
        stream.run(() -> {
            if (!stream.admit(permit, loop, connection, answer)) {
                loop.execute(() -> admit(permit, loop, connection, answer));
            }
        });
    }

    /// What viewers may fetch of a stream key; empty if nothing has been played lately.
    public Optional<Windows> windows(String streamKey) {
        return stream(streamKey).map(LiveStream::windows);
    }

    /// What comes in on a stream key; empty unless a publisher is connected or the reconnect window runs.
    public Optional<IngestStatus> ingest(String streamKey) {
        return stream(streamKey).flatMap(LiveStream::ingest);
    }

    /// A viewer has asked for a media playlist of a stream key.
    public void watched(String streamKey, ViewerSession session) {
        stream(streamKey).ifPresent(stream -> stream.viewers().seen(session));
    }

    /// How many viewers watch a stream key at this media server, those behind a cache not among them.
    public int viewers(String streamKey) {
        return stream(streamKey).map(stream -> stream.viewers().count()).orElse(0);
    }

    /// How many viewers watch anything.
    public int viewers() {
        return byStreamKey.values().stream()
                .mapToInt(stream -> stream.viewers().count())
                .sum();
    }

    /// What all publishers have sent.
    public IngestTotals ingestTotals() {
        return ingestTotals;
    }

    /// How many broadcasts there are, those included whose encoder may come back.
    public int broadcasts() {
        return broadcasts.get();
    }

    /// How many publishers are warned of something.
    public int warned(IngestWarning.Code code) {
        int warned = 0;
        for (LiveStream stream : byStreamKey.values()) {
            warned += stream.ingest().filter(status -> status.warns(code)).isPresent() ? 1 : 0;
        }
        return warned;
    }

    /// How many publishers are connected.
    public int publishers() {
        int connected = 0;
        for (LiveStream stream : byStreamKey.values()) {
            connected += stream.ingest().map(IngestStatus::connected).orElse(false) ? 1 : 0;
        }
        return connected;
    }

    /// Has a request wait, without a thread, until a generation's window is as it wants it; at most for 3 target
    /// durations.
    ///
    /// @param wanted whether a window is what it waits for
    /// @param answer takes that window, or none if it did not come in time or there is no place to wait;
    ///     called once unless the wait is cancelled, on any event loop
    public Optional<WaitingRequest> await(
            String streamKey, String generation, Predicate<Window> wanted, Consumer<Optional<Window>> answer) {
        Optional<LiveStream> stream = stream(streamKey);
        if (stream.isEmpty() || waiting.getAndUpdate(count -> Math.min(count + 1, MOST_WAITING)) == MOST_WAITING) {
            answer.accept(Optional.empty());
            return Optional.empty();
        }
        WaitingRequest request = new WaitingRequest(stream.get(), generation, wanted, answer, waiting);
        stream.get().run(() -> stream.get().await(request));
        return Optional.of(request);
    }

    /// How many requests wait.
    public int waiting() {
        return waiting.get();
    }

    /// Answers all waiting requests, and lets none wait any more, because the program ends.
    public void giveUpWaiting() {
        closingDoors = true;
        byStreamKey.values().forEach(stream -> stream.run(stream::giveUpWaiting));
    }

    /// Ends the broadcast of a stream key now, if there is one: cuts the publisher and closes the playlist. The stage
    /// completes when both are done, with whether there was one.
    public CompletionStage<Boolean> end(String streamKey, EndReason reason) {
        return stream(streamKey)
                .map(stream -> {
                    CompletableFuture<Boolean> done = new CompletableFuture<>();
                    stream.run(() -> done.complete(stream.end(reason)));
                    return done;
                })
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }

    /// What the publishers of all broadcasts were let in on.
    public List<PublishPermit> permits() {
        return byStreamKey.values().stream()
                .flatMap(stream -> stream.permit().stream())
                .toList();
    }

    /// All broadcasts: those with a publisher, and those that wait for theirs.
    public List<LiveBroadcast> all() {
        return byStreamKey.values().stream()
                .flatMap(stream -> stream.live().stream())
                .toList();
    }

    /// Whether a stream key has a broadcast that a publisher was let in to.
    public boolean isPermitted(String streamKey) {
        return stream(streamKey).flatMap(LiveStream::permit).isPresent();
    }

    /// Ends the broadcast that a permit let a publisher in to, unless another permit has let one in since.
    public void withdraw(PublishPermit permit, EndReason reason) {
        stream(permit.streamKey())
                .ifPresent(stream -> stream.run(() -> {
                    if (stream.permit().equals(Optional.of(permit))) {
                        stream.end(reason);
                    }
                }));
    }

    /// Ends the broadcast of a stream key, if there is one and nobody sends to it. The stage completes with whether
    /// nobody sends.
    public CompletionStage<Boolean> giveUp(String streamKey, EndReason reason) {
        return stream(streamKey)
                .map(stream -> {
                    CompletableFuture<Boolean> done = new CompletableFuture<>();
                    stream.run(() -> done.complete(stream.giveUp(reason)));
                    return done;
                })
                .orElseGet(() -> CompletableFuture.completedFuture(true));
    }

    /// Moves the deadline of a stream key's broadcast, if there is one. A deadline only moves away.
    public void moveDeadline(String streamKey, Instant deadline) {
        stream(streamKey).ifPresent(stream -> stream.run(() -> stream.moveDeadline(deadline)));
    }

    /// Refuses new publishers from now on and cuts those that are there, so that they come back after the restart. No
    /// playlist ends.
    public void drain() {
        draining = true;
        byStreamKey.values().forEach(stream -> stream.run(stream::drain));
    }

    /// Gives all memory back, because the program ends: nobody publishes or watches any more. No playlist ends.
    @Override
    public void close() {
        List<CompletableFuture<Void>> closed = new ArrayList<>();
        for (LiveStream stream : byStreamKey.values()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            closed.add(done);
            stream.run(() -> {
                stream.close();
                done.complete(null);
            });
        }
        CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
        files.settle();
        byStreamKey.values().forEach(stream -> stream.windows().evict());
    }

    /// Whether whoever asks the disk now may have to wait for it.
    public boolean diskIsSlow() {
        return files.slow();
    }

    InstantSource clock() {
        return clock;
    }

    LiveSettings settings() {
        return settings;
    }

    BroadcastListener listener() {
        return listener;
    }

    MediaFiles files() {
        return files;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    boolean isDraining() {
        return draining;
    }

    boolean isClosingDoors() {
        return closingDoors;
    }

    /// Takes a place for a broadcast, if one is free. A broadcast keeps it while it waits for its encoder.
    boolean takePlace() {
        int most = settings.maxStreams();
        return broadcasts.getAndUpdate(count -> count < most ? count + 1 : count) < most;
    }

    /// A broadcast of an earlier run goes on: it has its place, whatever the number.
    void takePlaceBack() {
        broadcasts.incrementAndGet();
    }

    /// A broadcast has ended.
    void givePlaceBack() {
        broadcasts.decrementAndGet();
    }

    /// What this run of the server puts into the name of each segment.
    String startName() {
        return startName;
    }

    /// A stream has nothing left to show or to wait for.
    void retire(LiveStream stream) {
        byStreamKey.remove(stream.streamKey(), stream);
    }

    private Optional<LiveStream> stream(String streamKey) {
        return Optional.ofNullable(byStreamKey.get(streamKey));
    }
}
