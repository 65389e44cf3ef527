package io.lunarstream.server.pushauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.TestServer;
import io.lunarstream.server.mediaserver.MediaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `deploy/cut-ended` cuts the publishers that SRS and ZLMediaKit would let go on, and no others.
class CutEndedIT {
    private static final Path PROGRAM = Path.of("..", "deploy", "cut-ended");

    private static final String UNKNOWN = "0".repeat(32);

    private static final int MAX_SECONDS = 30;

    private final Path output;
    private final TestServer server;

    CutEndedIT(@TempDir Path folder) {
        output = folder.resolve("output");
        server = TestServer.start(folder.resolve("data"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void onSrsThePublishersOfLivestreamsThatAreNotLiveAreCut() throws IOException, InterruptedException {
        ForeignLivestream live = ForeignLivestream.create(server, MediaServer.Kind.SRS, Duration.ofHours(1));
        new SrsHooks(live, "live", live.token()).publish();
        String clients = "{\"code\":0,\"clients\":["
                + String.join(
                        ",",
                        client("live", live.streamKey(), true, 60),
                        client("waiting", waiting(), true, 60),
                        client("unknown", UNKNOWN, true, 60),
                        client("new", UNKNOWN, true, 1),
                        client("viewer", UNKNOWN, false, 60),
                        client("odd", "../../x", true, 60))
                + "]}";
        try (FakeMediaServerApi srs = new FakeMediaServerApi(Map.of("/api/v1/clients/", clients))) {
            assertThat(run(
                            "srs",
                            srs.address(),
                            server.request("//").build().uri().toString()))
                    .isZero();
            assertThat(srs.requests())
                    .containsExactly(
                            "GET /api/v1/clients/?count=100000",
                            "DELETE /api/v1/clients/waiting",
                            "DELETE /api/v1/clients/unknown");
        }
    }

    @Test
    void onZlmediakitThePublishersOfLivestreamsThatAreNotLiveAreCut() throws IOException, InterruptedException {
        ForeignLivestream live = ForeignLivestream.create(server, MediaServer.Kind.ZLMEDIAKIT, Duration.ofHours(1));
        new ZlmediakitHooks(live, "1-14", live.token()).publish();
        String streams = "{\"code\":0,\"data\":["
                + String.join(",", stream("1-14", live.streamKey()), stream("5-16", UNKNOWN))
                + "]}";
        try (FakeMediaServerApi zlmediakit = new FakeMediaServerApi(Map.of("/index/api/getMediaList", streams))) {
            assertThat(run(
                            "zlmediakit",
                            zlmediakit.address(),
                            server.request("//").build().uri().toString()))
                    .isZero();
            assertThat(zlmediakit.requests())
                    .containsExactly(
                            "GET /index/api/getMediaList?secret=of%26zlmediakit&schema=rtmp",
                            "GET /index/api/kick_session?secret=of%26zlmediakit&id=5-16");
        }
    }

    @Test
    void withoutAClearAnswerNobodyIsCut() throws IOException, InterruptedException {
        String clients = "{\"clients\":[" + client("unknown", UNKNOWN, true, 60) + "]}";
        try (FakeMediaServerApi srs = new FakeMediaServerApi(Map.of("/api/v1/clients/", clients))) {
            run("srs", srs.address(), srs.address());
            run("srs", srs.address(), "http://127.0.0.1:1");
            assertThat(srs.requests()).noneMatch(request -> request.startsWith("DELETE"));
        }
    }

    @Test
    void aMediaServerThatIsAwayAndAWrongCallAreFailures() throws IOException, InterruptedException {
        assertThat(run("srs", "http://127.0.0.1:1", "http://127.0.0.1:1")).isNotZero();
        assertThat(run("nginx", "http://127.0.0.1:1", "http://127.0.0.1:1")).isEqualTo(2);
        assertThat(Files.readString(output)).contains("usage: cut-ended srs|zlmediakit");
    }

    /// The stream key of a livestream that nobody has published to.
    private String waiting() {
        return server.post("/livestream", server.createBody("waiting", ""))
                .data()
                .required("streamKey")
                .asText();
    }

    private static String client(String id, String name, boolean publish, int aliveSeconds) {
        return """
                {"id":"%s","vhost":"vid-b98f082","stream":"vid-x180k38","ip":"127.0.0.1","url":"/live/%s",
                "name":"%s","type":"fmle-publish","publish":%s,"alive":%d.95}""".formatted(id, name, name, publish, aliveSeconds);
    }

    private static String stream(String connection, String name) {
        return """
                {"aliveSecond":60,"app":"live","originSock":{"identifier":"%s"},"schema":"rtmp","stream":"%s"}""".formatted(connection, name);
    }

    private int run(String kind, String api, String lunar) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(PROGRAM.toString(), kind, api, lunar, "0"));
        builder.environment().put("ZLM_SECRET", "of&zlmediakit");
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        Process process = builder.start();
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
