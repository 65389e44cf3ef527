package io.lunarstream.bench.soak;

import static io.lunarstream.bench.playlist.Rule.require;

import io.lunarstream.bench.playlist.HlsForm;
import io.lunarstream.bench.playlist.MediaPlaylistText;
import io.lunarstream.bench.playlist.PlaylistHistory;
import io.lunarstream.bench.playlist.UpdateDeadline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One media playlist as it goes on: each version is held against those before, each segment is fetched once.
final class FollowedPlaylist {
    private static final byte[] NONE = {};

    private final HlsForm form;
    private final MediaRequests requests;
    private final PlaylistHistory history = new PlaylistHistory();
    private final UpdateDeadline deadline = new UpdateDeadline();
    private final Set<String> fetched = new HashSet<>();
    private final Map<String, byte[]> initSegments = new HashMap<>();
    private boolean ended;

    FollowedPlaylist(HlsForm form, MediaRequests requests) {
        this.form = form;
        this.requests = requests;
    }

    /// Reads it, and what is new in it.
    ///
    /// @param steady whether it has to grow
    void look(URI address, boolean steady) throws IOException, InterruptedException {
        HttpResponse<String> response = requests.playlist(address);
        require(
                response.statusCode() == 200,
                "a playlist that goes on: " + address.getPath() + " answers " + response.statusCode());
        try {
            MediaPlaylistText playlist = history.add(MediaPlaylistText.parse(response.body()));
            deadline.look(playlist, steady, System.nanoTime());
            for (MediaPlaylistText.Segment segment : playlist.segments()) {
                if (fetched.add(segment.uri())) {
                    fetch(address, segment);
                }
            }
            ended = playlist.ended();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "\nin " + address + ":\n" + response.body(), e);
        }
    }

    boolean hasEnded() {
        return ended;
    }

    private void fetch(URI address, MediaPlaylistText.Segment segment) throws IOException, InterruptedException {
        Optional<String> name = segment.initSegment();
        if (name.isPresent() && !initSegments.containsKey(name.get())) {
            initSegments.put(name.get(), requests.init(address.resolve(name.get())));
        }
        byte[] init = name.map(known -> initSegments.getOrDefault(known, NONE)).orElse(NONE);
        requests.sample().look(init, requests.media(address.resolve(segment.uri()), form));
    }
}
