package io.lunarstream.bench.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lunarstream.bench.host.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;

/// The Partner API of a server of ours, with the key of its first start.
///
/// @param apiUrl ends in `/api/v1`
/// @param apiKey a secret
public record LunarApi(URI apiUrl, String apiKey, String projectId, String mediaServerId) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int CREATED = 201;

    /// That of the server whose data folder this is.
    public static LunarApi of(Path dataDir) {
        try {
            JsonNode credentials =
                    JSON.readTree(dataDir.resolve("credentials.json").toFile());
            return new LunarApi(
                    URI.create(credentials.required("apiUrl").textValue().replace("localhost", "127.0.0.1")),
                    credentials.required("apiKey").textValue(),
                    credentials.required("projectId").textValue(),
                    credentials.required("mediaServerId").textValue());
        } catch (IOException e) {
            throw new BenchException("no credentials in " + dataDir, e);
        }
    }

    /// A livestream with a push token of an hour. Its viewers get MPEG-TS, as those of the peers do.
    Livestream create(String name) {
        JsonNode made = post("/livestream", body(name)).required("data");
        String address = made.required("rtmpServer").textValue() + "/"
                + made.required("streamKeyWithToken").textValue();
        String playlist = "/live/" + made.required("streamKey").textValue() + "/hls.m3u8";
        return new Livestream(address.replace("localhost", "127.0.0.1"), apiUrl.resolve(playlist));
    }

    /// What creates a livestream of a name.
    public String body(String name) {
        return JSON.valueToTree(Map.of("name", name, "projectId", projectId, "mediaServerId", mediaServerId))
                .toString();
    }

    /// Calls a path below the base path.
    ///
    /// @return its body, once it has answered 201
    public JsonNode post(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(apiUrl + path))
                .header("ls-api-key", apiKey)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() != CREATED) {
                throw new BenchException(path + " answers " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new BenchException(path + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }
}
