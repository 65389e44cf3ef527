package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.HlsForm;
import io.lunarstream.bench.playlist.MediaPlaylistText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/// A viewer that reads playlists and looks closely at them.
final class HlsClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String httpUrl;

    HlsClient(String httpUrl) {
        this.httpUrl = httpUrl;
    }

    URI multivariantAddress(HlsForm form, String streamKey) {
        return URI.create(httpUrl + form.path(streamKey));
    }

    /// Waits until there is something to play and returns the address of the media playlist.
    URI awaitMediaPlaylist(HlsForm form, String streamKey, Duration atMost) {
        URI multivariant = multivariantAddress(form, streamKey);
        HttpResponse<String> response = Awaitility.await("a playlist at " + multivariant)
                .atMost(atMost)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(() -> get(multivariant), answer -> answer.statusCode() == 200);
        return multivariant.resolve(firstUri(response.body()));
    }

    /// Reads a media playlist, which must be there.
    MediaPlaylistText read(URI mediaPlaylist) {
        HttpResponse<String> response = get(mediaPlaylist);
        assertThat(response.statusCode())
                .as("%s: %s", mediaPlaylist, response.body())
                .isEqualTo(200);
        return MediaPlaylistText.parse(response.body());
    }

    HttpResponse<String> get(URI address) {
        return Documented.response(send(address, HttpResponse.BodyHandlers.ofString()));
    }

    /// Puts what is at an address into a file.
    void download(URI address, Path file) {
        assertThat(send(address, HttpResponse.BodyHandlers.ofFile(file)).statusCode())
                .as("%s", address)
                .isEqualTo(200);
    }

    private <T> HttpResponse<T> send(URI address, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(HttpRequest.newBuilder(address).timeout(TIMEOUT).build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(address.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String firstUri(String multivariant) {
        return multivariant
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no variant in:\n" + multivariant));
    }
}
