package io.lunarstream.interop;

import static io.lunarstream.bench.playlist.Rule.require;

import io.lunarstream.bench.playlist.HlsForm;
import io.lunarstream.bench.playlist.MultivariantPlaylistText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Follows one livestream in one form: its multivariant playlist from the first 200 on, and all that it names.
///
/// Histories are kept by path, so that they go on over a restart of the server.
final class StreamFollower {
    /// The multivariant playlist is read at each fourth look.
    private static final int LOOKS_PER_MULTIVARIANT = 4;

    private final String streamKey;
    private final HlsForm form;
    private final Map<String, MediaPlaylistFollower> byPath = new HashMap<>();
    private Map<URI, MediaPlaylistFollower> current = Map.of();
    private Optional<String> breach = Optional.empty();
    private boolean stopped;
    private int looks;

    StreamFollower(String streamKey, HlsForm form) {
        this.streamKey = streamKey;
        this.form = form;
    }

    /// Takes one look; after the first breach, none.
    synchronized void look(String httpUrl) {
        try {
            if (breach.isEmpty() && !stopped) {
                lookAt(URI.create(httpUrl + form.path(streamKey)));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            breach = Optional.of(form + " of " + streamKey + ": " + e);
        }
    }

    private void lookAt(URI multivariant) throws IOException, InterruptedException {
        if (looks++ % LOOKS_PER_MULTIVARIANT == 0) {
            readMultivariant(multivariant);
        }
        boolean encoderIsThere = Encoders.areSendingTo(streamKey);
        for (Map.Entry<URI, MediaPlaylistFollower> entry : current.entrySet()) {
            if (!entry.getValue().hasEnded()) {
                entry.getValue().look(entry.getKey(), encoderIsThere);
            }
        }
    }

    private void readMultivariant(URI address) throws IOException, InterruptedException {
        HttpResponse<String> response = PlaylistRequests.get(address);
        if (response.statusCode() == 200) {
            Map<URI, MediaPlaylistFollower> found = new LinkedHashMap<>();
            for (String uri : MultivariantPlaylistText.parse(response.body()).mediaPlaylists()) {
                URI media = address.resolve(uri);
                found.put(media, byPath.computeIfAbsent(media.getPath(), _ -> new MediaPlaylistFollower()));
            }
            current = found;
        } else {
            require(
                    current.values().stream().allMatch(MediaPlaylistFollower::hasEnded),
                    address + " is answered " + response.statusCode() + " while its playlists go on");
        }
    }

    /// What may be asked for after the server has come up again begins with the multivariant playlist.
    synchronized void pause() {
        current = Map.of();
        looks = 0;
    }

    /// Takes no more looks.
    synchronized void stop() {
        stopped = true;
    }

    /// The rule that was broken, and by what.
    synchronized Optional<String> breach() {
        return breach;
    }

    /// How many media playlists it has seen.
    synchronized int mediaPlaylists() {
        return byPath.size();
    }
}
