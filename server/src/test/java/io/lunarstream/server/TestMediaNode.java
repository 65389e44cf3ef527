package io.lunarstream.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.config.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A media node under test, in this process, on free ports.
public final class TestMediaNode implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Path dataDirectory;
    private final InstantSource clock;
    private final Map<String, String> environment;
    private final MediaNode node;
    private final URI url;
    private final URI rtmpUrl;

    private TestMediaNode(Path dataDirectory, InstantSource clock, Map<String, String> environment, MediaNode node) {
        JsonNode credentials = TestClient.credentialsIn(dataDirectory);
        this.dataDirectory = dataDirectory;
        this.clock = clock;
        this.environment = environment;
        this.node = node;
        this.url = URI.create(credentials.required("apiUrl").asText()).resolve("/");
        this.rtmpUrl = URI.create(credentials.required("rtmpUrl").asText());
    }

    /// Starts one on a folder.
    ///
    /// @param environment its configuration beside folder and ports
    public static TestMediaNode start(Path dataDirectory, InstantSource clock, Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "LUNAR_ROLE", "media",
                "LUNAR_DATA_DIR", dataDirectory.toString(),
                "LUNAR_BIND", "127.0.0.1",
                "LUNAR_HTTP_PORT", "0",
                "LUNAR_RTMP_PORT", "0",
                "LUNAR_MANAGEMENT_PORT", "0"));
        settings.putAll(environment);
        MediaNode node = MediaNode.start(Configuration.read(List.of(), settings).settings(), clock);
        return new TestMediaNode(dataDirectory, clock, environment, node);
    }

    /// Stops it, and starts it once more on its folder.
    public TestMediaNode restarted() {
        close();
        return start(dataDirectory, clock, environment);
    }

    public String report() {
        return node.report();
    }

    public int rtmpPort() {
        return rtmpUrl.getPort();
    }

    /// The answer to a request for a path from the root.
    public Answer get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).build();
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            return new Answer(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        node.close();
    }
}
