package io.lunarstream.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lunarstream.bench.playlist.HlsForm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A follower of a livestream, before an origin that does what it is told: what is broken must not pass.
class FollowerIT {
    private static final String MULTIVARIANT = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na/media.m3u8\n";
    private static final String HEAD = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:";
    private static final int PACKET_BYTES = 188;

    @TempDir
    private Path folder;

    private final Findings findings = new Findings();
    private final Show show = new Show("id", "key");
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger looks = new AtomicInteger();
    private List<String> playlists = List.of();
    private byte[] segment = packet();
    private final HttpServer origin;

    FollowerIT() throws IOException {
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void startOrigin() {
        origin.createContext("/live/key/hls.m3u8", exchange -> answer(exchange, bytes(MULTIVARIANT)));
        origin.createContext("/live/key/a/media.m3u8", exchange -> {
            int look = Math.min(looks.getAndIncrement(), playlists.size() - 1);
            answer(exchange, bytes(playlists.get(look)));
        });
        origin.createContext("/live/key/a/", exchange -> answer(exchange, segment));
        origin.start();
    }

    @AfterEach
    void stopOrigin() {
        http.close();
        origin.stop(0);
    }

    @Test
    void aBroadcastThatEndsWellPasses() throws Exception {
        playlists = List.of(
                HEAD + "0\n#EXTINF:2,\n0.ts\n", HEAD + "0\n#EXTINF:2,\n0.ts\n#EXTINF:2,\n1.ts\n#EXT-X-ENDLIST\n");
        show.finish();
        follow();
        assertThat(findings.counts()).containsEntry("segment or part that was checked by its bytes", 2L);
    }

    @Test
    void aPlaylistThatGoesBackIsFound() {
        playlists = List.of(HEAD + "5\n#EXTINF:2,\n5.ts\n", HEAD + "4\n#EXTINF:2,\n4.ts\n");
        assertThatThrownBy(this::follow).hasMessageContaining("the media sequence number MUST NOT decrease");
    }

    @Test
    void aSegmentThatIsNoneIsFound() {
        playlists = List.of(HEAD + "0\n#EXTINF:2,\n0.ts\n");
        segment = new byte[PACKET_BYTES];
        assertThatThrownBy(this::follow).hasMessageContaining("no sync byte at 0");
    }

    @Test
    void aSegmentThatIsNotThereIsFound() {
        playlists = List.of(HEAD + "0\n#EXTINF:2,\n../gone.ts\n");
        assertThatThrownBy(this::follow).hasMessageContaining("what is listed can be fetched (6.2.1)");
    }

    @Test
    void whatIsDeletedMayBeGone() throws Exception {
        show.delete();
        follow();
        assertThat(looks).hasValue(0);
    }

    private void follow() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + origin.getAddress().getPort() + "/");
        FfprobeSample nothing = FfprobeSample.ofNothing(folder, findings);
        new Follower(show, HlsForm.MPEG_TS, new MediaRequests(http, address, nothing, findings)).run();
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packet() {
        byte[] packet = new byte[PACKET_BYTES];
        packet[0] = 0x47;
        return packet;
    }
}
