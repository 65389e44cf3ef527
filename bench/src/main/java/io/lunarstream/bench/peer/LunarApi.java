package io.lunarstream.bench.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lunarstream.bench.host.BenchException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The Partner API of a server of ours, with the key of its first start.
///
/// @param apiUrl ends in `/api/v1`
/// @param apiKey a secret
/// @param mediaUrl where viewers find media, without a path
public record LunarApi(URI apiUrl, String apiKey, String projectId, String mediaServerId, URI mediaUrl)
        implements RunningServer.Livestreams {
    private static final String KEY_HEADER = "ls-api-key";

    /// That of the server whose data folder this is, and which is its own media server.
    public static LunarApi of(Path dataDir) {
        JsonNode credentials = credentials(dataDir);
        return of(credentials, credentials.required("mediaServerId").textValue(), apiUrl(credentials));
    }

    /// With a media server that is registered.
    static LunarApi of(JsonNode credentials, String mediaServerId, URI mediaUrl) {
        return new LunarApi(
                apiUrl(credentials),
                credentials.required("apiKey").textValue(),
                credentials.required("projectId").textValue(),
                mediaServerId,
                mediaUrl);
    }

    /// What a first start has written.
    static JsonNode credentials(Path dataDir) {
        try {
            return new ObjectMapper()
                    .readTree(dataDir.resolve("credentials.json").toFile());
        } catch (IOException e) {
            throw new BenchException("no credentials in " + dataDir, e);
        }
    }

    /// By the address that everything else is on: a look-up of a name is no cost of ours.
    static URI apiUrl(JsonNode credentials) {
        return URI.create(onLoopback(credentials.required("apiUrl").textValue()));
    }

    private static String onLoopback(String address) {
        return address.replace("localhost", "127.0.0.1");
    }

    /// A livestream with a push token of an hour. Its viewers get MPEG-TS, as those of the peers do.
    @Override
    public Livestream create(String name) {
        JsonNode made = JsonHttp.post(apiUrl + "/livestream", KEY_HEADER, apiKey, body(name));
        return livestream(made.required("id").textValue(), made);
    }

    /// A livestream whose push token has a life of its own.
    public Livestream create(String name, Duration tokenLife) {
        Map<String, Object> wanted = new HashMap<>(fields(name));
        wanted.put("expiresIn", tokenLife.toSeconds());
        JsonNode made = JsonHttp.post(apiUrl + "/livestream", KEY_HEADER, apiKey, JsonHttp.object(wanted));
        return livestream(made.required("id").textValue(), made);
    }

    @Override
    public Livestream again(Livestream livestream) {
        JsonNode _ = JsonHttp.post(apiUrl + "/livestream/" + livestream.id() + "/end", KEY_HEADER, apiKey, "");
        String request = JsonHttp.object(Map.of("livestreamId", livestream.id()));
        JsonNode token = JsonHttp.post(apiUrl + "/livestream/generate-push-token", KEY_HEADER, apiKey, request);
        return livestream(livestream.id(), token);
    }

    private Livestream livestream(String id, JsonNode made) {
        String address = made.required("rtmpServer").textValue() + "/"
                + made.required("streamKeyWithToken").textValue();
        String streamKey = made.required("streamKey").textValue();
        return new Livestream(
                id,
                onLoopback(address),
                mediaUrl.resolve("/live/" + streamKey + "/hls.m3u8"),
                Optional.of(mediaUrl.resolve("/hls/" + streamKey + "/master.m3u8")));
    }

    /// Whether livestreams can be made: its media server is there.
    boolean hasMediaServer() {
        return !JsonHttp.get(apiUrl + "/media-servers/available", KEY_HEADER, apiKey)
                .isEmpty();
    }

    /// What the API answers at a path below its address.
    public JsonNode get(String path) {
        return JsonHttp.get(apiUrl + path, KEY_HEADER, apiKey);
    }

    /// The id of a livestream that is there.
    public String anyLivestream() {
        return get("/livestream?limit=1").required(0).required("id").textValue();
    }

    /// Where anybody learns of a livestream.
    public URI streamInfo(Livestream livestream) {
        String streamKey = livestream.playlist().getPath().split("/", -1)[2];
        return URI.create(apiUrl + "/livestreams/stream-info/" + streamKey);
    }

    /// What creates a livestream of a name.
    public String body(String name) {
        return JsonHttp.object(fields(name));
    }

    private Map<String, String> fields(String name) {
        return Map.of("name", name, "projectId", projectId, "mediaServerId", mediaServerId);
    }
}
