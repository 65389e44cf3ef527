package io.lunarstream.bench.peer;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.bench.host.Deadline;
import io.lunarstream.bench.host.Program;
import io.lunarstream.bench.host.Workspace;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Our server as two processes: an API node on SQLite, and a media node that asks it.
public final class SplitLunar implements Contender {
    private static final Duration TIME_TO_REGISTER = Duration.ofSeconds(30);

    private final Lunar lunar;

    public SplitLunar(Lunar lunar) {
        this.lunar = lunar;
    }

    @Override
    public String name() {
        return lunar.name() + ", two processes";
    }

    @Override
    public String version() {
        return lunar.version() + ", two processes";
    }

    @Override
    public String command() {
        return "./lunar up --role api; ./lunar up --role media";
    }

    @Override
    public Optional<String> missing() {
        return lunar.missing();
    }

    @Override
    public int maxPublishers() {
        return lunar.maxPublishers();
    }

    @Override
    public RunningServer start(Workspace workspace) throws InterruptedException {
        Program api = lunar.launch(workspace, "api", Map.of("LUNAR_ROLE", "api"));
        JsonNode credentials = LunarApi.credentials(workspace.folder().resolve("api"));
        URI apiUrl = LunarApi.apiUrl(credentials);
        String rtmpPort = Integer.toString(Workspace.freePort());
        String httpPort = Integer.toString(Workspace.freePort());
        URI mediaUrl = URI.create("http://127.0.0.1:" + httpPort);
        JsonNode registered = register(apiUrl, credentials, rtmpPort, mediaUrl);
        Program media = lunar.launch(
                workspace,
                "media",
                Map.of(
                        "LUNAR_ROLE",
                        "media",
                        "LUNAR_RTMP_PORT",
                        rtmpPort,
                        "LUNAR_HTTP_PORT",
                        httpPort,
                        "LUNAR_API_URLS",
                        "http://" + apiUrl.getAuthority(),
                        "LUNAR_MEDIA_SERVER_SECRET",
                        registered.required("secret").textValue()));
        LunarApi both = LunarApi.of(credentials, registered.required("id").textValue(), mediaUrl);
        Deadline.await("the media node to register", TIME_TO_REGISTER, both::hasMediaServer);
        return new RunningServer(api.processes().and(media.processes()), both);
    }

    private static JsonNode register(URI apiUrl, JsonNode credentials, String rtmpPort, URI mediaUrl) {
        String login = JsonHttp.object(Map.of(
                "email", credentials.required("adminEmail").textValue(),
                "password", credentials.required("adminPassword").textValue()));
        JsonNode session = JsonHttp.post(apiUrl + "/auth/login", "accept", "application/json", login);
        String mediaServer = JsonHttp.object(Map.of(
                "name",
                "bench",
                "region",
                "here",
                "kind",
                "lunar",
                "rtmpServer",
                "rtmp://127.0.0.1:" + rtmpPort + "/live",
                "hlsBaseUrl",
                mediaUrl + "/hls",
                "maxStreams",
                200));
        String bearer = "Bearer " + session.required("accessToken").textValue();
        return JsonHttp.post(apiUrl + "/admin/media-servers", "authorization", bearer, mediaServer);
    }
}
