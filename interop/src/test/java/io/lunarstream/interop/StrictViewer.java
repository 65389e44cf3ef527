package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.MediaPlaylistText;
import io.lunarstream.bench.playlist.PlaylistHistory;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// A viewer that reads one media playlist again and again, and fetches all that it lists as soon as it is listed. What
/// is missing, or a step that is not allowed, fails the test.
final class StrictViewer {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HlsClient hls;
    private final URI mediaPlaylist;
    private final PlaylistHistory history = new PlaylistHistory();
    private final Set<String> fetched = new HashSet<>();
    private Optional<OffsetDateTime> latest = Optional.empty();

    StrictViewer(HlsClient hls, URI mediaPlaylist) {
        this.hls = hls;
        this.mediaPlaylist = mediaPlaylist;
    }

    /// Reads the playlist until it is as wanted.
    MediaPlaylistText await(String what, Predicate<MediaPlaylistText> wanted) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(this::read, wanted);
    }

    /// Reads the playlist once, which must be there.
    MediaPlaylistText read() {
        MediaPlaylistText playlist = history.add(hls.read(mediaPlaylist));
        for (MediaPlaylistText.Segment segment : playlist.segments()) {
            segment.initSegment().ifPresent(this::fetch);
            segment.parts().forEach(part -> fetch(part.uri()));
            if (fetch(segment.uri())) {
                assertIsLater(segment.programDateTime().orElseThrow());
            }
        }
        playlist.openParts().forEach(part -> fetch(part.uri()));
        return playlist;
    }

    long discontinuities() {
        return history.discontinuities();
    }

    private void assertIsLater(OffsetDateTime programDateTime) {
        latest.ifPresent(before -> assertThat(programDateTime).isAfter(before));
        latest = Optional.of(programDateTime);
    }

    /// @return whether it is new
    private boolean fetch(String uri) {
        boolean isNew = fetched.add(uri);
        if (isNew) {
            HttpResponse<String> response = hls.get(mediaPlaylist.resolve(uri));
            assertThat(response.statusCode()).as(uri).isEqualTo(200);
        }
        return isNew;
    }
}
