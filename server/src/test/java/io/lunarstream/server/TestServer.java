package io.lunarstream.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.auth.AccessTokens;
import io.lunarstream.server.auth.ApiKey;
import io.lunarstream.server.auth.ApiKeyRepository;
import io.lunarstream.server.auth.Sha256;
import io.lunarstream.server.config.Configuration;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.mediaserver.MediaServer;
import io.lunarstream.server.project.Project;
import io.lunarstream.server.project.ProjectRepository;
import io.lunarstream.server.pushtoken.SigningKeys.Rotated;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The server under test, in this process, on free ports, with a client that speaks to it over HTTP.
public final class TestServer extends TestClient implements AutoCloseable {
    /// Most tests are about something else, and all of them use one key.
    private static final Map<String, String> UNLIMITED = Map.of(
            "LUNAR_RATE_LIMITS_PARTNER_REQUESTS", "1000000",
            "LUNAR_RATE_LIMITS_PUBLIC_REQUESTS", "1000000",
            "LUNAR_RATE_LIMITS_LOGINS_REQUESTS", "1000000",
            "LUNAR_RATE_LIMITS_FAILED_AUTHENTICATIONS_REQUESTS", "1000000");

    private final Path dataDirectory;
    private final MutableClock clock;
    private final Server server;
    private Instant loginDue = Instant.MIN;
    private String accessToken = "";

    private TestServer(Path dataDirectory, MutableClock clock, Server server) {
        super(dataDirectory);
        this.dataDirectory = dataDirectory;
        this.clock = clock;
        this.server = server;
    }

    /// Starts a server on a folder.
    ///
    /// @param environment more configuration
    public static TestServer start(Path dataDirectory, MutableClock clock, Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>(UNLIMITED);
        settings.putAll(Map.of(
                "LUNAR_DATA_DIR", dataDirectory.toString(),
                "LUNAR_BIND", "127.0.0.1",
                "LUNAR_HTTP_PORT", "0",
                "LUNAR_RTMP_PORT", "0",
                "LUNAR_MANAGEMENT_PORT", "0"));
        settings.putAll(TestDatabases.environment(dataDirectory));
        settings.putAll(environment);
        return new TestServer(
                dataDirectory,
                clock,
                Server.start(Configuration.read(List.of(), settings).settings(), clock));
    }

    public static TestServer start(Path dataDirectory) {
        return start(dataDirectory, new MutableClock(), Map.of());
    }

    Server server() {
        return server;
    }

    /// Signs push tokens with a new key from now on.
    ///
    /// @param retireNow whether all tokens so far are refused at once
    public Rotated rotateSigningKey(boolean retireNow) {
        JsonNode rotated = adminPost("/admin/signing-keys/rotate", "{\"retireNow\":" + retireNow + "}")
                .data();
        return new Rotated(
                rotated.required("keyId").asText(),
                rotated.required("retired").valueStream().map(JsonNode::asText).toList());
    }

    /// Every endpoint of the API.
    public List<Route> routes() {
        return server.routes();
    }

    /// A second way into the server's database.
    public Database database() {
        return Database.open(TestDatabases.location(dataDirectory));
    }

    /// A request with an operator's access token.
    public HttpRequest.Builder admin(String path) {
        return request(path).header("authorization", "Bearer " + accessToken());
    }

    /// An operator's access token that is still good; there is not one login for each request.
    public synchronized String accessToken() {
        if (!clock.instant().isBefore(loginDue)) {
            accessToken = login().data().required("accessToken").asText();
            loginDue = clock.instant().plus(AccessTokens.LIFETIME.dividedBy(2));
        }
        return accessToken;
    }

    private Answer login() {
        String credentials = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(adminEmail(), adminPassword());
        return send(request("/auth/login")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(credentials)));
    }

    public Answer adminGet(String path) {
        return send(admin(path));
    }

    public Answer adminPost(String path, String json) {
        return send(admin(path).header("content-type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public Answer adminDelete(String path) {
        return send(admin(path).DELETE());
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

    /// Registers another media server of ours, online and with room. It is heard of whatever a test does to the clock:
    /// the sweeper, which comes by each second, does not put it offline. Its secret is `secret-of-` and its name.
    public UUID makeMediaServer(String name) {
        UUID id = UUID.randomUUID();
        try (Database database = database()) {
            database.run(handle -> {
                insertMediaServer(handle, id, name, MediaServer.Kind.LUNAR);
                handle.createUpdate("""
                                insert into media_node_report (media_server_id, reported_at, active_streams, viewers)
                                values (:id, :at, 0, 0)""")
                        .bind("id", id)
                        .bind("at", Instant.parse("2100-01-01T00:00:00Z"))
                        .execute();
            });
        }
        return id;
    }

    /// Registers one of another kind, or one of ours that has said nothing yet.
    public UUID makeMediaServer(String name, MediaServer.Kind kind) {
        UUID id = UUID.randomUUID();
        try (Database database = database()) {
            database.run(handle -> insertMediaServer(handle, id, name, kind));
        }
        return id;
    }

    private static void insertMediaServer(Handle handle, UUID id, String name, MediaServer.Kind kind) {
        String secretSha256 = Sha256.hex(("secret-of-" + name).getBytes(StandardCharsets.UTF_8));
        handle.execute("""
                insert into media_server (id, name, kind, secret_sha256, region, status, rtmp_server,
                    hls_base_url, max_streams, created_at)
                select ?, ?, ?, ?, region, 'ONLINE', 'rtmp://' || ? || '/live', hls_base_url, 5, created_at
                from media_server where name = 'local'""", id, name, kind.apiName(), secretSha256, name);
    }

    @Override
    public void close() {
        server.close();
    }
}
