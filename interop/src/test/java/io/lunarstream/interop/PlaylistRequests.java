package io.lunarstream.interop;

import io.lunarstream.bench.playlist.Rule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// What the followers of playlists ask for, over connections they share.
final class PlaylistRequests {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private PlaylistRequests() {}

    static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return HTTP.send(request(address).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    /// Fails unless a segment or part is there.
    static void requireThere(URI address, String rule) throws IOException, InterruptedException {
        HttpResponse<Void> response =
                HTTP.send(request(address).HEAD().build(), HttpResponse.BodyHandlers.discarding());
        Rule.require(response.statusCode() == 200, rule + ": " + address + " is answered " + response.statusCode());
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(TIMEOUT).header("User-Agent", "playlist-follower");
    }
}
