package io.lunarstream.bench.soak;

import static io.lunarstream.bench.playlist.Rule.require;

import io.lunarstream.bench.playlist.HlsForm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// What viewers fetch, over connections they share.
///
/// @param http to be closed before the server's connections are counted
/// @param origin address of the server's HTTP port, without a path
record MediaRequests(HttpClient http, URI origin, FfprobeSample sample, Findings findings) {
    /// Longer than the server lets anybody wait for a part.
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    URI multivariant(Show show, HlsForm form) {
        return origin.resolve(form.path(show.streamKey()));
    }

    HttpResponse<String> playlist(URI address) throws IOException, InterruptedException {
        findings.count("playlist that was answered");
        return http.send(request(address).build(), BodyHandlers.ofString());
    }

    /// A segment or a part, which has to be there.
    byte[] media(URI address, HlsForm form) throws IOException, InterruptedException {
        byte[] bytes = bytes(address);
        MediaBytes.requireSegment(form, bytes);
        findings.count("segment or part that was checked by its bytes");
        return bytes;
    }

    /// An init segment, which has to be there.
    byte[] init(URI address) throws IOException, InterruptedException {
        byte[] bytes = bytes(address);
        MediaBytes.requireInitSegment(bytes);
        return bytes;
    }

    /// A range of something.
    HttpResponse<byte[]> range(URI address, long from, long to) throws IOException, InterruptedException {
        HttpRequest request =
                request(address).header("range", "bytes=" + from + "-" + to).build();
        return http.send(request, BodyHandlers.ofByteArray());
    }

    private byte[] bytes(URI address) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request(address).build(), BodyHandlers.ofByteArray());
        require(
                response.statusCode() == 200,
                "what is listed can be fetched (6.2.1): " + address.getPath() + " answers " + response.statusCode());
        return response.body();
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(TIMEOUT);
    }
}
