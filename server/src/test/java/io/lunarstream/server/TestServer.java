package io.lunarstream.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.auth.ApiKey;
import io.lunarstream.server.auth.ApiKeyRepository;
import io.lunarstream.server.config.Configuration;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.project.Project;
import io.lunarstream.server.project.ProjectRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The server under test, in this process, on free ports, with a client that speaks to it over HTTP.
public final class TestServer implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Path dataDirectory;
    private final Server server;
    private final JsonNode credentials;

    private TestServer(Path dataDirectory, Server server) {
        this.dataDirectory = dataDirectory;
        this.server = server;
        this.credentials = credentialsIn(dataDirectory);
    }

    /// Starts a server on a folder.
    ///
    /// @param environment more configuration
    public static TestServer start(Path dataDirectory, MutableClock clock, Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>(environment);
        settings.put("LUNAR_DATA_DIR", dataDirectory.toString());
        settings.put("LUNAR_BIND", "127.0.0.1");
        settings.put("LUNAR_HTTP_PORT", "0");
        settings.put("LUNAR_RTMP_PORT", "0");
        settings.put("LUNAR_MANAGEMENT_PORT", "0");
        return new TestServer(
                dataDirectory,
                Server.start(Configuration.read(List.of(), settings).settings(), clock));
    }

    public static TestServer start(Path dataDirectory) {
        return start(dataDirectory, new MutableClock(), Map.of());
    }

    static JsonNode credentialsIn(Path dataDirectory) {
        try {
            return Answer.parse(Files.readString(dataDirectory.resolve("credentials.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Server server() {
        return server;
    }

    public String projectId() {
        return credentials.required("projectId").asText();
    }

    public String apiKey() {
        return credentials.required("apiKey").asText();
    }

    public String mediaServerId() {
        return credentials.required("mediaServerId").asText();
    }

    /// A second way into the server's database.
    public Database database() {
        return Database.open(dataDirectory);
    }

    /// Makes another project.
    ///
    /// @return its API key
    public String makeProject(UUID id, MutableClock clock) {
        ApiKey key = ApiKey.generate(new SecureRandom());
        try (Database database = database()) {
            database.run(handle -> {
                new ProjectRepository().insert(handle, new Project(id, "other", clock.instant()));
                new ApiKeyRepository().insert(handle, UUID.randomUUID(), id, "first", key, clock.instant());
            });
        }
        return key.secretText();
    }

    /// A request to a path under the base path, or to one at the root if it starts with `//`.
    public HttpRequest.Builder request(String path) {
        String api = credentials.required("apiUrl").asText();
        String address = path.startsWith("//") ? api.replace("/api/v1", path.substring(1)) : api + path;
        return HttpRequest.newBuilder(URI.create(address));
    }

    /// A request with the first project's key.
    public HttpRequest.Builder partner(String path) {
        return request(path).header("ls-api-key", apiKey());
    }

    public Answer get(String path) {
        return send(partner(path));
    }

    public Answer post(String path, String json) {
        return send(partner(path).header("content-type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public Answer delete(String path) {
        return send(partner(path).DELETE());
    }

    public Answer management(String path) {
        return send(HttpRequest.newBuilder(
                URI.create(credentials.required("managementUrl").asText() + path)));
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The body of a create request, with more fields at its end.
    public String createBody(String name, String more) {
        return "{\"name\":\"%s\",\"projectId\":\"%s\",\"mediaServerId\":\"%s\"%s}"
                .formatted(name, projectId(), mediaServerId(), more);
    }

    /// Creates a livestream.
    public JsonNode create(String name) {
        return create(name, "");
    }

    public JsonNode create(String name, String more) {
        Answer answer = post("/livestream", createBody(name, more));
        if (answer.status() != 201) {
            throw new AssertionError(answer.response().body());
        }
        return answer.data();
    }

    @Override
    public void close() {
        server.close();
    }
}
