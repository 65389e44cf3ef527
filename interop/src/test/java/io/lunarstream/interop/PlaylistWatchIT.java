package io.lunarstream.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The follower of all playlists finds what an origin does wrong; the origin here is a table of answers.
class PlaylistWatchIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String MULTIVARIANT = "/live/k/hls.m3u8";
    private static final String MEDIA = "/live/k/1/media.m3u8";
    private static final String HEAD = "#EXTM3U\n#EXT-X-TARGETDURATION:3\n";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final PlaylistWatch watch = new PlaylistWatch(Duration.ofMillis(20));
    private HttpServer origin;

    @BeforeEach
    void start() throws IOException {
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        origin.createContext("/", this::answer);
        origin.start();
        watch.resume("http://127.0.0.1:" + origin.getAddress().getPort());
        watch.follow("k");
        awaitLooks(MULTIVARIANT);
        answers.put("/live/k/1/a.ts", "a");
        answers.put("/live/k/1/b.ts", "b");
        answers.put(MEDIA, HEAD + "#EXTINF:2,\na.ts\n#EXTINF:2,\nb.ts\n");
        answers.put(MULTIVARIANT, "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n1/media.m3u8\n");
        awaitLooks(MEDIA);
        assertThat(watch.newBreaches()).isEmpty();
    }

    @AfterEach
    void close() {
        watch.pause();
        origin.stop(0);
    }

    @Test
    void tellsABreachOnceWithThePlaylist() {
        answers.put(MEDIA, HEAD + "#EXTINF:2,\nb.ts\n#EXTINF:2,\na.ts\n");
        assertThat(awaitBreach()).contains("MUST be what it was (6.2.1)", "b.ts\n#EXTINF:2,\na.ts");
        assertThat(watch.newBreaches()).isEmpty();
    }

    @Test
    void findsAPlaylistThatIsGone() {
        answers.remove(MEDIA);
        assertThat(awaitBreach()).contains("a playlist that goes on is answered 404");
    }

    @Test
    void findsAMultivariantPlaylistThatIsGone() {
        answers.remove(MULTIVARIANT);
        assertThat(awaitBreach()).contains(MULTIVARIANT + " is answered 404 while its playlists go on");
    }

    @Test
    void findsASegmentThatCannotBeFetched() {
        answers.put(MEDIA, HEAD + "#EXTINF:2,\na.ts\n#EXTINF:2,\nb.ts\n#EXTINF:2,\nc.ts\n");
        assertThat(awaitBreach()).contains("what is listed can be fetched (6.2.1)", "c.ts is answered 404");
    }

    @Test
    void goesOnWithWhatItKnowsWhenTheServerComesBack() {
        watch.pause();
        answers.remove(MULTIVARIANT);
        watch.resume("http://localhost:" + origin.getAddress().getPort());
        awaitLooks(MULTIVARIANT);
        assertThat(watch.newBreaches()).isEmpty();
        answers.put(MEDIA, HEAD + "#EXTINF:2,\nb.ts\n#EXTINF:2,\na.ts\n");
        answers.put(MULTIVARIANT, "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n1/media.m3u8\n");
        assertThat(awaitBreach()).contains("MUST be what it was (6.2.1)");
    }

    @Test
    void looksNoMoreAtWhatWasDeletedOrHasEnded() {
        answers.computeIfPresent(MEDIA, (_, text) -> text + "#EXT-X-ENDLIST\n");
        awaitLooks(MULTIVARIANT);
        answers.remove(MEDIA);
        answers.remove(MULTIVARIANT);
        awaitLooks(MULTIVARIANT);
        assertThat(watch.newBreaches()).isEmpty();
    }

    private String awaitBreach() {
        return Awaitility.await("a breach")
                .atMost(SOON)
                .until(watch::newBreaches, found -> !found.isEmpty())
                .getFirst();
    }

    /// Waits until what is there now has been looked at twice.
    private void awaitLooks(String path) {
        int before = asked.getOrDefault(path, 0);
        Awaitility.await("looks at " + path).atMost(SOON).until(() -> asked.getOrDefault(path, 0) > before + 1);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.merge(path, 1, Integer::sum);
        String text = answers.get(path);
        byte[] body = (text == null ? "" : text).getBytes(UTF_8);
        boolean withBody = text != null && exchange.getRequestMethod().equals("GET");
        try (exchange) {
            exchange.sendResponseHeaders(text == null ? 404 : 200, withBody ? body.length : -1);
            if (withBody) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
