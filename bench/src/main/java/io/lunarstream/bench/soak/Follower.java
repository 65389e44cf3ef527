package io.lunarstream.bench.soak;

import static io.lunarstream.bench.playlist.Rule.require;

import io.lunarstream.bench.playlist.HlsForm;
import io.lunarstream.bench.playlist.MultivariantPlaylistText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// A viewer who follows one livestream in one form from its beginning to its end, strictly: every version of every
/// playlist, and every segment.
final class Follower {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /// The multivariant playlist is read at each fourth look once it is there.
    private static final int LOOKS_PER_MULTIVARIANT = 4;

    /// A playlist has its end soon after its broadcast has.
    private static final Duration TIME_TO_BE_CLOSED = Duration.ofSeconds(20);

    private final Show show;
    private final HlsForm form;
    private final MediaRequests requests;
    private final Map<String, FollowedPlaylist> byPath = new HashMap<>();
    private Map<URI, FollowedPlaylist> current = Map.of();
    private long overSinceNs;
    private int looks;

    Follower(Show show, HlsForm form, MediaRequests requests) {
        this.show = show;
        this.form = form;
        this.requests = requests;
    }

    /// Follows until the end.
    ///
    /// @throws IllegalArgumentException with the rule that was broken
    void run() throws IOException, InterruptedException {
        while (!isDone()) {
            look();
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private boolean isDone() {
        if (show.isDeleted()) {
            return true;
        }
        if (!show.isOver()) {
            return false;
        }
        overSinceNs = overSinceNs == 0 ? System.nanoTime() : overSinceNs;
        boolean late = System.nanoTime() - overSinceNs > TIME_TO_BE_CLOSED.toNanos();
        boolean seen = !current.isEmpty();
        require(seen || !late, "it was live, and there is no playlist");
        require(haveEnded() || !late, "the broadcast is over, and a playlist has no EXT-X-ENDLIST");
        return seen && haveEnded();
    }

    /// Whether nothing more comes of what is known.
    private boolean haveEnded() {
        return current.values().stream().allMatch(FollowedPlaylist::hasEnded);
    }

    private void look() throws IOException, InterruptedException {
        try {
            if (looks++ % LOOKS_PER_MULTIVARIANT == 0 || current.isEmpty()) {
                readMultivariant(requests.multivariant(show, form));
            }
            for (Map.Entry<URI, FollowedPlaylist> entry : current.entrySet()) {
                if (!entry.getValue().hasEnded()) {
                    entry.getValue().look(entry.getKey(), show.isSteady());
                }
            }
        } catch (IllegalArgumentException e) {
            if (!show.isDeleted()) {
                throw e;
            }
        }
    }

    private void readMultivariant(URI address) throws IOException, InterruptedException {
        HttpResponse<String> response = requests.playlist(address);
        if (response.statusCode() == 200) {
            Map<URI, FollowedPlaylist> found = new LinkedHashMap<>();
            for (String uri : MultivariantPlaylistText.parse(response.body()).mediaPlaylists()) {
                URI media = address.resolve(uri);
                found.put(media, byPath.computeIfAbsent(media.getPath(), _ -> new FollowedPlaylist(form, requests)));
            }
            current = found;
        } else {
            require(
                    response.statusCode() == 404 && haveEnded(),
                    address.getPath() + " answers " + response.statusCode() + " while its playlists go on");
        }
    }
}
