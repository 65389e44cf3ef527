package io.lunarstream.bench.soak;

import static io.lunarstream.bench.playlist.Rule.require;

import io.lunarstream.bench.playlist.HlsForm;
import io.lunarstream.bench.playlist.MediaPlaylistText;
import io.lunarstream.bench.playlist.PlaylistHistory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A strict viewer in low-latency mode: asks for each next part by a blocking reload, and fetches it.
final class LowLatencyViewer {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final MediaRequests requests;
    private final Show show;
    private final URI address;
    private final PlaylistHistory history = new PlaylistHistory();
    private final Set<String> known = new HashSet<>();
    private Optional<MediaPlaylistText> latest = Optional.empty();
    private long latestNs;

    LowLatencyViewer(MediaRequests requests, Show show, URI address) {
        this.requests = requests;
        this.show = show;
        this.address = address;
    }

    /// Watches so many parts, or up to the end.
    void follow(int parts) throws IOException, InterruptedException {
        read(address, show.isSteady());
        known.addAll(latest.stream().flatMap(LowLatencyViewer::parts).toList());
        for (int i = 0; i < parts && !hasEnded() && !show.isOver(); i++) {
            next();
        }
    }

    private boolean hasEnded() {
        return latest.map(MediaPlaylistText::ended).orElse(true);
    }

    private void next() throws IOException, InterruptedException {
        MediaPlaylistText before = latest.orElseThrow();
        if (before.lowLatency().isEmpty()) {
            Thread.sleep(BETWEEN_TRIES);
            read(address, show.isSteady());
            return;
        }
        String skip = mayAskForDelta(before) ? "&_HLS_skip=YES" : "";
        URI update = URI.create(address + "?_HLS_msn=" + before.nextMediaSequence() + "&_HLS_part="
                + before.openParts().size() + skip);
        if (!read(update, show.isSteady())) {
            Thread.sleep(BETWEEN_TRIES);
            return;
        }
        MediaPlaylistText now = latest.orElseThrow();
        boolean grown = now.nextMediaSequence() > before.nextMediaSequence()
                || now.openParts().size() > before.openParts().size();
        require(grown || now.ended(), "a blocking reload brings what it waited for: " + update);
        for (String part : parts(now).toList()) {
            if (known.add(part)) {
                fetch(part);
            }
        }
    }

    /// Reads a version of the playlist.
    ///
    /// @param steady whether the encoder was there at the beginning: if not, nothing may come to wait for
    /// @return whether there was an answer with one
    private boolean read(URI from, boolean steady) throws IOException, InterruptedException {
        HttpResponse<String> response = requests.playlist(from);
        boolean interrupted = !steady || !show.isSteady();
        if (response.statusCode() == 503 && interrupted) {
            return false;
        }
        require(response.statusCode() == 200, from + " answers " + response.statusCode());
        try {
            MediaPlaylistText text = MediaPlaylistText.parse(response.body());
            MediaPlaylistText whole = text.skippedSegments() > 0 ? text.onto(latest.orElseThrow()) : text;
            latest = Optional.of(history.add(whole));
            latestNs = System.nanoTime();
            return true;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "\nin " + from + ":\n" + response.body(), e);
        }
    }

    /// A client asks for a delta update only when its own copy is not older than half the skip boundary (6.3.7).
    private boolean mayAskForDelta(MediaPlaylistText before) {
        return before.lowLatency()
                .flatMap(MediaPlaylistText.LowLatency::canSkipUntil)
                .filter(seconds ->
                        System.nanoTime() - latestNs < seconds.movePointRight(9).longValue() / 2)
                .isPresent();
    }

    /// Fetches a part, unless it has been forgotten since because this machine was slow.
    private void fetch(String part) throws IOException, InterruptedException {
        try {
            byte[] _ = requests.media(address.resolve(part), HlsForm.FMP4);
        } catch (IllegalArgumentException e) {
            MediaPlaylistText now =
                    MediaPlaylistText.parse(requests.playlist(address).body());
            if (parts(now).anyMatch(part::equals)) {
                throw e;
            }
        }
    }

    private static Stream<String> parts(MediaPlaylistText playlist) {
        return Stream.concat(
                        playlist.segments().stream().flatMap(segment -> segment.parts().stream()),
                        playlist.openParts().stream())
                .map(MediaPlaylistText.Part::uri);
    }
}
