package io.lunarstream.server.live;

import io.lunarstream.hls.Packager;
import io.lunarstream.hls.PackagerListener;
import io.lunarstream.hls.Part;
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
    private final Packager packager;
    private PublishPermit permit;
    private @Nullable GenerationMedia media;

    /// The generation before, not ended until the next one can be played: the stable address leads somewhere all the
    /// time, and whoever sees the end of the one finds the other there.
    private @Nullable GenerationMedia before;

    private boolean playable;

    Broadcast(LiveStream stream, PublishPermit permit, ByteBufAllocator allocator) {
        this.stream = stream;
        this.permit = permit;
        this.packager = new Packager(allocator, permit.keyframeInterval(), this);
    }

    UUID livestreamId() {
        return permit.livestreamId();
    }

    /// Another publisher goes on with it.
    void takenOver(PublishPermit by) {
        permit = by;
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
        media = stream.openGeneration(tracks);
    }

    @Override
    public void part(Part part) {
        current().add(part, stream.now().toEpochMilli()).ifPresent(stream::publish);
    }

    @Override
    public void segment(Segment segment) {
        Instant now = stream.now();
        stream.publish(current().add(segment, now.toEpochMilli()));
        endGenerationBefore();
        if (!playable) {
            playable = true;
            stream.becamePlayable(permit, now);
        }
    }

    /// The encoder has gone, perhaps for good: closes the open segment, and hints at no part any more.
    void interrupt() {
        var _ = awaitNothing();
        packager.interrupt();
        awaitNothing().ifPresent(stream::publish);
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
            stream.closeGeneration(old);
            return;
        }
        endGenerationBefore();
        before = old;
        stream.supersede(old, last.get());
    }

    private void endGenerationBefore() {
        if (before != null) {
            stream.closeGeneration(before);
            before = null;
        }
    }

    private void closeGeneration() {
        endGenerationBefore();
        if (media != null) {
            stream.closeGeneration(media);
            media = null;
        }
    }
}
