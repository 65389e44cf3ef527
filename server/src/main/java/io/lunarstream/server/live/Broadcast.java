package io.lunarstream.server.live;

import io.lunarstream.hls.Packager;
import io.lunarstream.hls.PackagerListener;
import io.lunarstream.hls.Part;
import io.lunarstream.hls.Resumption;
import io.lunarstream.hls.Segment;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBufAllocator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One broadcast of a livestream, first to last sample: a [Packager] and the generations that it fills.
///
/// Belongs to the event loop of its live stream.
final class Broadcast implements PackagerListener {
    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);

    private final LiveStream stream;
    private final UUID livestreamId;
    private Packager packager;
    private @Nullable PublishPermit permit;
    private @Nullable GenerationMedia media;

    /// The generation before, not ended until the next one can be played: the stable address leads somewhere all the
    /// time, and whoever sees the end of the one finds the other there.
    private @Nullable GenerationMedia before;

    private Optional<Resumption> resumption = Optional.empty();
    private boolean playable;
    private boolean told;

    Broadcast(LiveStream stream, PublishPermit permit, ByteBufAllocator allocator) {
        this.stream = stream;
        this.livestreamId = permit.livestreamId();
        this.permit = permit;
        this.packager = new Packager(allocator, permit.keyframeInterval(), this);
    }

    /// One that an earlier run of the server has begun, and that has no publisher yet.
    ///
    /// @param media its newest generation
    Broadcast(LiveStream stream, GenerationMedia media, ByteBufAllocator allocator) {
        this.stream = stream;
        this.livestreamId = media.livestreamId();
        this.media = media;
        this.resumption = media.resumption();
        this.packager = new Packager(allocator, Optional.empty(), this);
        this.playable = true;
    }

    UUID livestreamId() {
        return livestreamId;
    }

    /// Another publisher goes on with it.
    void takenOver(PublishPermit by, ByteBufAllocator allocator) {
        permit = by;
        resumption.ifPresent(earlier -> {
            packager.close();
            packager = new Packager(allocator, by.keyframeInterval(), this);
            packager.resume(earlier);
        });
        resumption = Optional.empty();
    }

    Packager packager() {
        return packager;
    }

    /// Whether a viewer can have seen something of it.
    boolean playable() {
        return playable;
    }

    @Override
    public void generation(List<Track> tracks) {
        if (media != null) {
            supersede(media);
        }
        media = stream.generations().open(livestreamId, tracks);
    }

    @Override
    public void part(Part part) {
        current().add(part, stream.now().toEpochMilli()).ifPresent(stream.generations()::publish);
    }

    @Override
    public void segment(Segment segment) {
        Instant now = stream.now();
        Optional<PreparedWindow> window = current().add(segment, now.toEpochMilli());
        if (window.isEmpty()) {
            return;
        }
        stream.generations().publish(window.get());
        endGenerationBefore();
        playable = true;
        PublishPermit by = permit;
        if (!told && by != null) {
            told = true;
            stream.generations().afterPublishing(() -> stream.becamePlayable(by, now));
        }
    }

    /// The encoder has gone, perhaps for good: closes the open segment, and hints at no part any more.
    void interrupt() {
        var _ = awaitNothing();
        packager.interrupt();
        awaitNothing().map(PreparedWindow::ofNothingNew).ifPresent(stream.generations()::publish);
    }

    private Optional<Window> awaitNothing() {
        return media == null ? Optional.empty() : media.awaitNothing();
    }

    /// Closes the last segment and the playlist.
    void end() {
        close();
        closeGeneration();
    }

    /// Closes the last segment, but not the playlist.
    void close() {
        try {
            packager.close();
        } catch (RuntimeException e) {
            LOG.error("The last segment of livestream {} cannot be packaged", livestreamId(), e);
        }
    }

    private GenerationMedia current() {
        if (media == null) {
            throw new IllegalStateException("a generation comes before its first part");
        }
        return media;
    }

    private void supersede(GenerationMedia old) {
        Optional<Window> last = old.awaitNothing();
        if (last.isEmpty()) {
            stream.generations().close(old);
            return;
        }
        endGenerationBefore();
        before = old;
        stream.generations().supersede(old, last.get());
    }

    private void endGenerationBefore() {
        if (before != null) {
            stream.generations().close(before);
            before = null;
        }
    }

    private void closeGeneration() {
        endGenerationBefore();
        if (media != null) {
            stream.generations().close(media);
            media = null;
        }
    }
}
