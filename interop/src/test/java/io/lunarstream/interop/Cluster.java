package io.lunarstream.interop;

import io.lunarstream.interop.Operator.RegisteredServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Many machines on one: two API nodes, two media nodes with an edge before each, PostgreSQL and Valkey, in processes
/// of
/// their own that know each other by ports of loopback. Between media and API nodes are cables that can be cut.
final class Cluster implements AutoCloseable {
    private static final int NODES = 2;

    /// Of 32 bytes, as `openssl rand -base64 32` makes it.
    private static final String SECRETS_KEY = "1Wq0Q4vY8m3c7T9sLx2bRk5nHf6gZp0uJdEaVtCyOiM=";

    private final Path folder;
    private final Map<String, String> settings = new HashMap<>();
    private final Deque<Runnable> started = new ArrayDeque<>();
    private final PostgresServer postgres;
    private final ValkeyServer valkey;
    private final List<LunarServer> apiNodes = new ArrayList<>();
    private final List<MediaNode> mediaNodes = new ArrayList<>();

    /// A media node and what the API calls it.
    ///
    /// @param settings of its process
    /// @param cables to the API nodes
    /// @param edge where its viewers come to
    record MediaNode(
            String id,
            Path dataDir,
            Map<String, String> settings,
            List<NetworkCable> cables,
            LunarServer server,
            NginxEdge edge) {

        MediaNode on(LunarServer again) {
            return new MediaNode(id, dataDir, settings, cables, again, edge);
        }
    }

    private Cluster(Path folder, Map<String, String> more) {
        this.folder = folder;
        postgres = PostgresServer.start(folder("postgres"));
        started.push(postgres::close);
        valkey = ValkeyServer.start();
        started.push(valkey::close);
        settings.putAll(postgres.environment());
        settings.putAll(valkey.environment());
        settings.put("LUNAR_SECRETS_KEY", SECRETS_KEY);
        settings.putAll(more);
        for (int i = 0; i < NODES; i++) {
            apiNodes.add(add(LunarServer.start(apiFolder(i), settings, "--role", "api")));
        }
        Operator operator = new Operator(apiNodes.getFirst().credentials());
        for (int i = 0; i < NODES; i++) {
            mediaNodes.add(startMediaNode(i, operator, more));
        }
    }

    /// Starts everything.
    ///
    /// @param more settings of all nodes
    static Cluster start(Path folder, Map<String, String> more) {
        return new Cluster(folder, more);
    }

    private MediaNode startMediaNode(int index, Operator operator, Map<String, String> more) {
        RegisteredServer registered = operator.register(
                "media-" + index, "lunar", "rtmp://not-yet.example/live", "http://not-yet.example/hls");
        List<NetworkCable> cables = apiNodes.stream()
                .map(api -> add(NetworkCable.to(api.credentials().httpPort())))
                .toList();
        Map<String, String> own = new HashMap<>(more);
        own.put("LUNAR_ROLE", "media");
        own.put("LUNAR_MEDIA_SERVER_SECRET", registered.secret());
        own.put(
                "LUNAR_API_URLS",
                String.join(
                        ",",
                        cables.stream()
                                .map(cable -> "http://127.0.0.1:" + cable.port())
                                .toList()));
        Path dataDir = folder("media-" + index);
        LunarServer server = add(LunarServer.start(dataDir, own));
        NginxEdge edge = NginxEdge.start(folder("edge-" + index), Nginx.freePort(), server.credentials());
        started.push(edge::close);
        return new MediaNode(registered.id(), dataDir, own, cables, server, edge);
    }

    private LunarServer add(LunarServer server) {
        started.push(server::close);
        return server;
    }

    private NetworkCable add(NetworkCable cable) {
        started.push(cable::close);
        return cable;
    }

    private Path apiFolder(int index) {
        return folder("api-" + index);
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PostgresServer postgres() {
        return postgres;
    }

    ValkeyServer valkey() {
        return valkey;
    }

    LunarServer api(int index) {
        return apiNodes.get(index);
    }

    MediaNode media(int index) {
        return mediaNodes.get(index);
    }

    /// The partner of the first start.
    ///
    /// @param api the API node that it asks
    /// @param media the media node that its livestreams are on
    PartnerApi partner(int api, int media) {
        Credentials partner = api(0).credentials().at(api(api).credentials());
        MediaNode node = media(media);
        return node.server().apiOf(partner, node.id());
    }

    /// Starts one again that was killed, on its ports.
    void restartApi(int index) {
        LunarServer before = api(index);
        Map<String, String> role = new HashMap<>(settings);
        role.put("LUNAR_ROLE", "api");
        apiNodes.set(index, add(LunarServer.startAgain(apiFolder(index), before.credentials(), role)));
    }

    /// Starts one again that was killed, on its ports.
    void restartMedia(int index) {
        MediaNode before = media(index);
        LunarServer again =
                LunarServer.startAgain(before.dataDir(), before.server().credentials(), before.settings());
        mediaNodes.set(index, before.on(add(again)));
    }

    @Override
    public void close() {
        started.forEach(Runnable::run);
    }
}
