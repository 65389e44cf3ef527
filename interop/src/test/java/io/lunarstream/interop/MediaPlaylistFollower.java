package io.lunarstream.interop;

import static io.lunarstream.bench.playlist.Rule.require;

import io.lunarstream.bench.playlist.MediaPlaylistText;
import io.lunarstream.bench.playlist.PlaylistHistory;
import io.lunarstream.bench.playlist.UpdateDeadline;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads one media playlist again and again, whole and as delta updates in turn, and fails at the first breach: of a
/// rule for playlists, of the update deadline, or of a promise that what is listed can be fetched.
final class MediaPlaylistFollower {
    private final PlaylistHistory history = new PlaylistHistory();
    private final UpdateDeadline deadline = new UpdateDeadline();
    private final Set<String> listed = new HashSet<>();
    private Optional<MediaPlaylistText> latest = Optional.empty();
    private long latestNs;
    private boolean delta;

    /// @param encoderIsThere whether the playlist has to grow
    void look(URI address, boolean encoderIsThere) throws IOException, InterruptedException {
        delta = !delta && mayAskForDelta();
        HttpResponse<String> response = PlaylistRequests.get(delta ? deltaOf(address) : address);
        long nowNs = System.nanoTime();
        try {
            MediaPlaylistText playlist = read(response);
            deadline.look(playlist, encoderIsThere, nowNs);
            requireListed(address, playlist);
            latest = Optional.of(playlist);
            latestNs = nowNs;
        } catch (IllegalArgumentException | AssertionError e) {
            throw new AssertionError(e.getMessage() + "\nin " + address + ":\n" + response.body(), e);
        }
    }

    private MediaPlaylistText read(HttpResponse<String> response) {
        require(response.statusCode() == 200, "a playlist that goes on is answered " + response.statusCode());
        MediaPlaylistText text = MediaPlaylistText.parse(response.body());
        return history.add(latest.filter(_ -> delta).map(text::onto).orElse(text));
    }

    /// A client asks for a delta update only when its own copy is not older than half the skip boundary (6.3.7).
    private boolean mayAskForDelta() {
        return latest.flatMap(MediaPlaylistText::lowLatency)
                .flatMap(MediaPlaylistText.LowLatency::canSkipUntil)
                .map(MediaPlaylistFollower::halfOf)
                .filter(half -> System.nanoTime() - latestNs < half.toNanos())
                .isPresent();
    }

    private static URI deltaOf(URI address) {
        return URI.create(address + "?_HLS_skip=YES");
    }

    private static Duration halfOf(BigDecimal seconds) {
        return Duration.ofMillis(seconds.movePointRight(3).longValue() / 2);
    }

    private void requireListed(URI address, MediaPlaylistText playlist) throws IOException, InterruptedException {
        for (String uri : uris(playlist).toList()) {
            if (listed.add(uri)) {
                PlaylistRequests.requireThere(address.resolve(uri), "what is listed can be fetched (6.2.1)");
            }
        }
    }

    private static Stream<String> uris(MediaPlaylistText playlist) {
        Stream<MediaPlaylistText.Part> parts = Stream.concat(
                playlist.segments().stream().flatMap(segment -> segment.parts().stream()),
                playlist.openParts().stream());
        Stream<String> segments = playlist.segments().stream()
                .flatMap(segment -> Stream.concat(Stream.of(segment.uri()), segment.initSegment().stream()));
        return Stream.concat(segments, parts.map(MediaPlaylistText.Part::uri));
    }

    /// Whether there is nothing more to come.
    boolean hasEnded() {
        return latest.map(MediaPlaylistText::ended).orElse(false);
    }

    MediaPlaylistText latest() {
        return latest.orElseThrow();
    }
}
