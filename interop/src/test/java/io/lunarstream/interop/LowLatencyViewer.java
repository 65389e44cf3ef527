package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.MediaPlaylistText;
import io.lunarstream.bench.playlist.MediaPlaylistText.Part;
import io.lunarstream.bench.playlist.MediaPlaylistText.Segment;
import io.lunarstream.bench.playlist.PlaylistHistory;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A strict player in low-latency mode: asks for each next part by a blocking delta update and fetches it.
final class LowLatencyViewer {
    private final HlsClient hls;
    private final URI address;
    private final PlaylistHistory history = new PlaylistHistory();
    private final Set<String> fetched = new HashSet<>();
    private final List<Duration> edgeAges = new ArrayList<>();
    private MediaPlaylistText playlist;

    LowLatencyViewer(HlsClient hls, URI address) {
        this.hls = hls;
        this.address = address;
        this.playlist = history.add(hls.read(address));
    }

    MediaPlaylistText playlist() {
        return playlist;
    }

    /// How old the end of each playlist was when it came.
    List<Duration> edgeAges() {
        return edgeAges;
    }

    int fetchedParts() {
        return fetched.size();
    }

    /// Waits for the next part.
    void next() {
        int part = playlist.openParts().size();
        URI update = URI.create(
                address + "?_HLS_msn=" + playlist.nextMediaSequence() + "&_HLS_part=" + part + "&_HLS_skip=YES");
        MediaPlaylistText next = hls.read(update).onto(playlist);
        boolean grown = next.nextMediaSequence() > playlist.nextMediaSequence()
                || next.openParts().size() > part;
        assertThat(grown || next.ended())
                .as("a blocking reload brings what it waited for")
                .isTrue();
        playlist = history.add(next);
        edgeAges.add(Duration.between(edge(), Instant.now()));
        next.segments().forEach(segment -> segment.parts().forEach(this::fetch));
        next.openParts().forEach(this::fetch);
    }

    /// Fetches the part that is hinted at, which has to come.
    void fetchHint() {
        String hint = playlist.preloadHint().orElseThrow();
        fetch(new Part(hint, BigDecimal.ZERO, /* independent= */ false));
    }

    private void fetch(Part part) {
        if (fetched.add(part.uri())) {
            HttpResponse<String> response = hls.get(address.resolve(part.uri()));
            assertThat(response.statusCode()).as(part.toString()).isEqualTo(200);
        }
    }

    /// The wall-clock time of the end of the last part.
    private Instant edge() {
        Segment last = playlist.segments().getLast();
        OffsetDateTime start = last.programDateTime().orElseThrow();
        BigDecimal seconds = last.durationSeconds();
        for (Part part : playlist.openParts()) {
            seconds = seconds.add(part.durationSeconds());
        }
        return start.toInstant().plusNanos(seconds.movePointRight(9).longValue());
    }
}
