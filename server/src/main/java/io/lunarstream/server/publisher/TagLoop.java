package io.lunarstream.server.publisher;

import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.flv.FlvTag.Role;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/// The tags of a recording as a live stream: time stamps begin at 0, and go on where the recording is repeated.
///
/// All tracks of a repetition are moved by the same time, that of the longest track, so they stay in step. Codec
/// configurations are sent again with each round, because a recording may change them on its way; metadata are sent
/// once, and the end of a track is not passed on while there is a next round.
public final class TagLoop implements AutoCloseable {
    private final TagSource source;
    private final boolean repeats;
    private final TrackSpan video = new TrackSpan();
    private final TrackSpan audio = new TrackSpan();
    private boolean firstRound = true;
    private boolean originKnown;
    /// Time stamp of the first frame, which becomes 0.
    private long originMs;
    /// How long the rounds before this one have lasted.
    private long elapsedMs;

    private TagLoop(TagSource source, boolean repeats) {
        this.source = source;
        this.repeats = repeats;
    }

    /// The recording once.
    public static TagLoop once(TagSource source) {
        return new TagLoop(source, false);
    }

    /// The recording over and over.
    public static TagLoop endless(TagSource source) {
        return new TagLoop(source, true);
    }

    /// The next tag, whose body is valid until the next call; empty after the last.
    ///
    /// @throws IOException if the recording cannot be read, or holds neither audio nor video
    public Optional<FlvTag> next() throws IOException, FlvException {
        while (true) {
            Optional<FlvTag> tag = source.next();
            if (tag.isPresent() && isWanted(tag.get().role())) {
                return Optional.of(moved(tag.get()));
            }
            if (tag.isEmpty()) {
                requireMedia();
                if (!repeats) {
                    return Optional.empty();
                }
                startNextRound();
            }
        }
    }

    private boolean isWanted(Role role) {
        return switch (role) {
            case METADATA -> firstRound;
            case END -> !repeats;
            case CONFIGURATION, FRAME -> true;
        };
    }

    private FlvTag moved(FlvTag tag) {
        if (tag.role() == Role.FRAME) {
            count(tag);
        }
        return new FlvTag(tag.type(), Math.max(0, elapsedMs + sinceOriginMs(tag)), tag.body());
    }

    private void count(FlvTag frame) {
        if (!originKnown) {
            originKnown = true;
            originMs = frame.timestampMs();
        }
        (frame.type() == FlvTag.Type.VIDEO ? video : audio).add(frame.timestampMs());
    }

    /// What is no frame often has the time stamp 0, wherever the frames begin.
    private long sinceOriginMs(FlvTag tag) {
        if (!originKnown) {
            return 0;
        }
        long sinceMs = tag.timestampMs() - originMs;
        return tag.role() == Role.FRAME ? sinceMs : Math.max(0, sinceMs);
    }

    private void requireMedia() throws IOException {
        if (video.isEmpty() && audio.isEmpty()) {
            throw new IOException("it holds neither audio nor video");
        }
    }

    private void startNextRound() {
        long startMs = tracks().mapToLong(TrackSpan::startMs).min().orElseThrow();
        long endMs = tracks().mapToLong(TrackSpan::endMs).max().orElseThrow();
        elapsedMs += endMs - startMs;
        firstRound = false;
        video.clear();
        audio.clear();
        source.rewind();
    }

    private Stream<TrackSpan> tracks() {
        return Stream.of(video, audio).filter(track -> !track.isEmpty());
    }

    /// Closes the recording.
    @Override
    public void close() {
        source.close();
    }
}
