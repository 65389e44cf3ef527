package io.lunarstream.bench.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lunarstream.bench.host.Deadline;
import io.lunarstream.bench.viewer.PlayingViewers.Fetched;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlayingViewersIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int SEGMENT_BYTES = 100_000;
    private static final String PLAYLIST = """
            #EXTM3U
            #EXT-X-TARGETDURATION:60
            #EXT-X-MEDIA-SEQUENCE:5
            #EXTINF:60.0,
            s/5.ts
            #EXTINF:60.0,
            s/6.ts
            """;

    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/live/media.m3u8", exchange -> {
            connections.add(exchange.getRemoteAddress());
            answer(exchange, 200, PLAYLIST.getBytes(StandardCharsets.UTF_8));
        });
        server.createContext("/live/s/", exchange -> answer(exchange, 200, new byte[SEGMENT_BYTES]));
        server.createContext("/gone/", exchange -> answer(exchange, 404, new byte[0]));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchTheSegmentsOfThePlaylistEachOnAConnectionOfItsOwn() throws InterruptedException {
        try (PlayingViewers viewers = new PlayingViewers(address("/live/media.m3u8"))) {
            viewers.grow(3, Duration.ofMillis(10));
            Deadline.await("two segments each", SOON, () -> viewers.fetched().segments() == 6);
            viewers.grow(5, Duration.ofMillis(10));
            Deadline.await("two segments each", SOON, () -> viewers.fetched().segments() == 10);
            assertThat(viewers.fetched()).isEqualTo(new Fetched(10 * SEGMENT_BYTES, 10, 0, 0, 0));
        }
        assertThat(connections).hasSize(5);
    }

    @Test
    void areCountedAsGoneIfARequestFails() throws InterruptedException {
        try (PlayingViewers viewers = new PlayingViewers(address("/gone/media.m3u8"))) {
            viewers.grow(2, Duration.ofMillis(10));
            Deadline.await("the failures", SOON, () -> viewers.fetched().failed() == 2);
            assertThat(viewers.fetched().segments()).isZero();
        }
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, /* responseLength= */ body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
