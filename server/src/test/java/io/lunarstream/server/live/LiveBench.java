package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.hls.ListedSegment;
import io.lunarstream.hls.MediaPlaylist;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/// Live streams in virtual time with two event loops, and what the control plane was told.
public final class LiveBench implements BroadcastListener, AutoCloseable {
    public static final String KEY = "0123456789abcdef0123456789abcdef";
    static final Duration RECONNECT_WINDOW = Duration.ofSeconds(30);

    /// Longer than any test.
    static final Duration TOKEN_LIFE = Duration.ofHours(3);

    final VirtualTime time = new VirtualTime();
    final VirtualLoop loop = time.loop();
    final VirtualLoop otherLoop = time.loop();
    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(/* preferDirect= */ true);
    final List<String> told = new ArrayList<>();
    final List<UUID> playableOn = new ArrayList<>();
    final List<Duration> keyframeIntervals = new ArrayList<>();
    final LiveStreams streams;
    private final Set<String> streamKeys = new HashSet<>();
    private @Nullable Publisher lastConnected;

    LiveBench() {
        this(LiveSettings.Takeover.REPLACE, 100);
    }

    /// Keeps segments in memory only.
    LiveBench(LiveSettings.Takeover takeover, int maxStreams) {
        this(takeover, maxStreams, closed(new MediaFiles(Path.of("never-written"))));
    }

    /// A folder for media whose writer is never behind.
    public static MediaFiles promptFiles(Path directory) {
        return new MediaFiles(directory, new CallerRuns(), MediaFiles.FULL_FILE_BYTES);
    }

    public LiveBench(LiveSettings.Takeover takeover, int maxStreams, MediaFiles files) {
        LiveSettings settings = new LiveSettings(RECONNECT_WINDOW, takeover, maxStreams);
        this.streams = new LiveStreams(time, settings, files, this, allocator);
    }

    @Override
    public void playable(UUID livestreamId, UUID tokenId, Instant at) {
        told.add("playable");
        playableOn.add(tokenId);
    }

    @Override
    public void keyframeInterval(UUID livestreamId, Duration interval) {
        keyframeIntervals.add(interval);
    }

    @Override
    public void ended(UUID livestreamId, EndReason reason, Instant at) {
        told.add(reason.apiName());
    }

    /// A connection that asks to publish.
    static final class Connection {
        final UUID tokenId = UUID.randomUUID();
        final List<PublisherCut> cuts = new ArrayList<>();
        Optional<Admission> admission = Optional.empty();

        Publisher publisher() {
            if (admission.orElseThrow() instanceof Admission.Admitted(Publisher publisher)) {
                return publisher;
            }
            throw new AssertionError("refused: " + admission);
        }

        PublishRefusal refusal() {
            if (admission.orElseThrow() instanceof Admission.Refused(PublishRefusal reason)) {
                return reason;
            }
            throw new AssertionError("admitted");
        }
    }

    Connection connect() {
        return connect(KEY, loop);
    }

    Connection connect(String streamKey, ScheduledExecutorService on) {
        return connect(streamKey, on, TOKEN_LIFE);
    }

    Connection connect(String streamKey, ScheduledExecutorService on, Duration tokenLife) {
        Connection connection = ask(streamKey, on, tokenLife);
        time.settle();
        return connection;
    }

    /// A connection whose question is still on its way.
    Connection ask(String streamKey, ScheduledExecutorService on, Duration tokenLife) {
        streamKeys.add(streamKey);
        Connection connection = new Connection();
        PublishPermit permit = new PublishPermit(
                UUID.nameUUIDFromBytes(streamKey.getBytes(StandardCharsets.US_ASCII)),
                streamKey,
                connection.tokenId,
                time.instant().plus(tokenLife),
                Optional.empty());
        streams.admit(permit, on, connection.cuts::add, admission -> connection.admission = Optional.of(admission));
        return connection;
    }

    /// Where the control plane and viewers ask.
    public LiveStreams streams() {
        return streams;
    }

    public VirtualTime time() {
        return time;
    }

    /// An encoder that has connected and announced itself.
    public Encoder encoder(int pictureBytes) {
        return encoder(pictureBytes, /* tracksOfEachKind= */ 1);
    }

    /// Another one, which sends each picture and each sound more than once.
    public Encoder encoder(int pictureBytes, int tracksOfEachKind) {
        lastConnected = connect().publisher();
        return new Encoder(lastConnected, time, time::advance, pictureBytes, tracksOfEachKind).announce();
    }

    /// The connection of the encoder that came last breaks.
    public void loseEncoder() {
        Objects.requireNonNull(lastConnected).disconnected();
        time.settle();
    }

    /// Ends the broadcast.
    public void end() {
        var _ = streams.end(KEY, EndReason.API_ENDED);
        time.settle();
    }

    Encoder encoder(Connection connection) {
        return new Encoder(connection.publisher(), time, time::advance);
    }

    /// Publishes for so long, and stays connected.
    Connection publish(Duration length) {
        Connection connection = connect();
        encoder(connection).announce().send(length);
        return connection;
    }

    Windows windows() {
        return streams.windows(KEY).orElseThrow();
    }

    Window newest() {
        return windows().newest().orElseThrow();
    }

    /// What can be fetched under a name of the newest generation.
    StoredMedia object(String name) {
        return Optional.ofNullable(newest().objects().get(name)).orElseThrow();
    }

    MediaPlaylist playlist() {
        return newest().playlist();
    }

    /// Whether segments are behind a discontinuity, oldest first.
    List<Boolean> discontinuities() {
        return playlist().segments().stream().map(ListedSegment::discontinuity).toList();
    }

    List<Long> mediaSequenceNumbers() {
        return playlist().segments().stream().map(ListedSegment::mediaSequence).toList();
    }

    boolean isReleased() {
        return allocator.metric().usedHeapMemory() == 0 && allocator.metric().usedDirectMemory() == 0;
    }

    /// Ends every broadcast and waits until the last playlist is forgotten: nothing may be left then.
    @Override
    public void close() {
        for (String streamKey : streamKeys) {
            var _ = streams.end(streamKey, EndReason.API_ENDED);
        }
        time.advance(Duration.ofMinutes(6));
        assertThat(streamKeys)
                .allSatisfy(key -> assertThat(streams.windows(key)).isEmpty());
        assertThat(isReleased()).isTrue();
    }

    private static MediaFiles closed(MediaFiles files) {
        files.close();
        return files;
    }
}
