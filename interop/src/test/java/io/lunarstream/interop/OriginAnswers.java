package io.lunarstream.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many answers an origin has given, by its own metrics.
///
/// @param playlists media playlists that were sent
/// @param refusedPlaylists requests for media playlists that waited in vain
/// @param media segments, parts and init segments that were sent
record OriginAnswers(long playlists, long refusedPlaylists, long media) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static OriginAnswers of(LunarServer server) {
        URI metrics = URI.create(server.credentials().managementUrl() + "/metrics");
        try {
            String text = HTTP.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
            return new OriginAnswers(
                    count(text, "playlist", "2xx"), count(text, "playlist", "5xx"), count(text, "media", "2xx"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static long count(String metrics, String kind, String status) {
        Matcher line = Pattern.compile(
                        "lunar_hls_responses_total\\{kind=\"" + kind + "\",status=\"" + status + "\"} ([0-9.E]+)")
                .matcher(metrics);
        if (!line.find()) {
            throw new AssertionError("no count of " + kind + " in:\n" + metrics);
        }
        return (long) Double.parseDouble(line.group(1));
    }

    /// What has been added since an earlier look.
    OriginAnswers since(OriginAnswers before) {
        return new OriginAnswers(
                playlists - before.playlists, refusedPlaylists - before.refusedPlaylists, media - before.media);
    }
}
