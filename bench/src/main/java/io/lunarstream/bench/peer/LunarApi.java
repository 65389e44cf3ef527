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
import java.util.Optional;

/// The Partner API of a server of ours, with the key of its first start.
///
/// @param apiUrl ends in `/api/v1`
/// @param apiKey a secret
public record LunarApi(URI apiUrl, String apiKey, String projectId, String mediaServerId)
        implements RunningServer.Livestreams {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int OK = 200;
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
    @Override
    public Livestream create(String name) {
        JsonNode made = post("/livestream", body(name), CREATED).required("data");
        return livestream(made.required("id").textValue(), made);
    }

    @Override
    public Livestream again(Livestream livestream) {
        post("/livestream/" + livestream.id() + "/end", "", OK);
        String request =
                JSON.valueToTree(Map.of("livestreamId", livestream.id())).toString();
        JsonNode token =
                post("/livestream/generate-push-token", request, CREATED).required("data");
        return livestream(livestream.id(), token);
    }

    private Livestream livestream(String id, JsonNode made) {
        String address = made.required("rtmpServer").textValue() + "/"
                + made.required("streamKeyWithToken").textValue();
        String streamKey = made.required("streamKey").textValue();
        return new Livestream(
                id,
                address.replace("localhost", "127.0.0.1"),
                apiUrl.resolve("/live/" + streamKey + "/hls.m3u8"),
                Optional.of(apiUrl.resolve("/hls/" + streamKey + "/master.m3u8")));
    }

    /// Where anybody learns of a livestream.
    public URI streamInfo(Livestream livestream) {
        String streamKey = livestream.playlist().getPath().split("/", -1)[2];
        return URI.create(apiUrl + "/livestreams/stream-info/" + streamKey);
    }

    /// What an address answers to anybody.
    public static String text(URI address) {
        try {
            return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new BenchException(address + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    /// What creates a livestream of a name.
    public String body(String name) {
        return JSON.valueToTree(Map.of("name", name, "projectId", projectId, "mediaServerId", mediaServerId))
                .toString();
    }

    /// Calls a path below the base path.
    ///
    /// @return what it has answered
    private JsonNode post(String path, String body, int status) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(apiUrl + path))
                .header("ls-api-key", apiKey)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() != status) {
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
