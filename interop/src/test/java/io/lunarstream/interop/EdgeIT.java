package io.lunarstream.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.bench.playlist.HlsForm;
import io.lunarstream.bench.playlist.MediaPlaylistText;
import io.lunarstream.interop.Crowd.Point;
import io.lunarstream.interop.FfmpegPublisher.Encoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real nginx as an edge: what viewers get there, and what they cost the origin. Media plane, section 2.
class EdgeIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int VIEWERS = 1_000;
    private static final int ROUNDS = 8;

    /// Of those whose waits are timed.
    private static final int FEW = 50;

    private static final int FEW_ROUNDS = 20;

    /// For 16 000 answers, also on a machine that has other things to do.
    private static final long SECONDS_FOR_ALL = 120;

    @TempDir
    private static Path dataDir;

    @TempDir
    private static Path nginxDir;

    /// What has been started, the latest first.
    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();

    private static LunarServer server;
    private static NginxEdge edge;

    /// A partner whose livestreams nobody follows: every request to the origin is one of these tests.
    private static PartnerApi api;

    private static Livestream livestream;
    private static URI playlist;

    @BeforeAll
    static void start() {
        int port = Nginx.freePort();
        Map<String, String> settings =
                Map.of("LUNAR_TRUSTED_PROXIES", "127.0.0.1", "LUNAR_CDNS", "edge=http://127.0.0.1:" + port + "/hls");
        // The edge must know the origin's port, and be there when the origin first looks at it.
        LunarServer first = LunarServer.start(dataDir);
        first.stop();
        edge = started(NginxEdge.start(nginxDir, port, first.credentials()));
        server = started(LunarServer.startAgain(dataDir, first.credentials(), settings));
        api = server.apiOnMediaServer(server.credentials().mediaServerId());
        livestream = api.create("at the edge");
        started(FfmpegPublisher.push(livestream.pushAddress(), Encoding.SMALL));
        playlist = server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
    }

    private static <T extends AutoCloseable> T started(T started) {
        STARTED.push(started);
        return started;
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable one : STARTED) {
            one.close();
        }
    }

    /// What is not there yet.
    private static Point nextPart() {
        return Point.after(server.hls().read(playlist));
    }

    @Test
    void aThousandViewersCostTheOriginOneRequestForEachObject() throws Exception {
        try (Crowd crowd = new Crowd(edge.at(playlist));
                Crowd alone = new Crowd(playlist)) {
            // A thousand connections take their time.
            crowd.watch(VIEWERS, nextPart(), 1).get(SECONDS_FOR_ALL, TimeUnit.SECONDS);
            crowd.forget();

            Point from = nextPart();
            OriginAnswers before = OriginAnswers.of(server);
            CompletableFuture.allOf(alone.watch(1, from, ROUNDS), crowd.watch(VIEWERS, from, ROUNDS))
                    .get(SECONDS_FOR_ALL, TimeUnit.SECONDS);

            assertThat(crowd.answers()).isEqualTo(VIEWERS * ROUNDS);
            OriginAnswers cost = OriginAnswers.of(server).since(before);
            assertThat(cost.playlists()).isEqualTo(crowd.points() + (long) ROUNDS);
            assertThat(cost.media()).isEqualTo(crowd.parts().size() + (long) ROUNDS);
        }
        printDelay();
    }

    /// What the edge adds to the time at which the origin itself answers. So few viewers keep this machine idle.
    private static void printDelay() throws Exception {
        Point from = nextPart();
        try (Crowd crowd = new Crowd(edge.at(playlist));
                Crowd alone = new Crowd(playlist)) {
            CompletableFuture.allOf(alone.watch(1, from, FEW_ROUNDS), crowd.watch(FEW, from, FEW_ROUNDS))
                    .get(SECONDS_FOR_ALL, TimeUnit.SECONDS);
            List<Long> delaysMs = crowd.delaysMs(alone);
            System.out.printf(
                    "%d viewers at the edge, later than at the origin: median %d ms, 95 %% %d ms, most %d ms%n",
                    FEW,
                    delaysMs.get(delaysMs.size() / 2),
                    delaysMs.get(delaysMs.size() * 95 / 100),
                    delaysMs.getLast());
        }
    }

    @Test
    void playlistsThatNobodyWaitsForCostOneRequestASecond() {
        OriginAnswers before = OriginAnswers.of(server);
        long startNs = System.nanoTime();
        IntStream.range(0, 300)
                .forEach(i -> assertThat(
                                edge.get(URI.create(playlist + "?session=" + i)).statusCode())
                        .isEqualTo(200));
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs);
        assertThat(OriginAnswers.of(server).since(before).playlists()).isBetween(1L, seconds + 2);
    }

    @Test
    void aSegmentIsKeptAndGivenWholeInPartsOrNotAtAll() {
        String name = server.hls().read(playlist).segments().getLast().uri();
        URI segment = playlist.resolve(name);
        OriginAnswers before = OriginAnswers.of(server);
        HttpResponse<byte[]> whole = edge.get(segment);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(header(whole, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(whole.headers().allValues("access-control-allow-origin")).containsExactly("*");

        HttpResponse<byte[]> bytes = edge.get(URI.create(segment + "?token=x"), "range", "bytes=4-7");
        assertThat(bytes.statusCode()).isEqualTo(206);
        assertThat(new String(bytes.body(), UTF_8)).isIn("ftyp", "styp", "moof");
        assertThat(header(bytes, "content-range")).isEqualTo("bytes 4-7/" + whole.body().length);
        assertThat(edge.get(segment, "if-none-match", header(whole, "etag")).statusCode())
                .isEqualTo(304);
        assertThat(header(edge.head(segment), "content-length")).isEqualTo(Integer.toString(whole.body().length));
        assertThat(header(edge.head(segment), "x-cache")).isEqualTo("HIT");
        assertThat(OriginAnswers.of(server).since(before).media()).isEqualTo(1);
    }

    @Test
    void aPlaylistComesCompressedToThoseWhoTakeIt() throws IOException {
        HttpResponse<byte[]> plain = edge.get(playlist, "accept-encoding", "identity, gzip;q=0");
        assertThat(header(plain, "content-encoding")).isEmpty();
        assertThat(new String(plain.body(), UTF_8)).startsWith("#EXTM3U");
        HttpResponse<byte[]> gzip = edge.get(playlist, "accept-encoding", "deflate, gzip, br");
        assertThat(header(gzip, "content-encoding")).isEqualTo("gzip");
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
            assertThat(new String(unpacked.readAllBytes(), UTF_8)).startsWith("#EXTM3U");
        }
    }

    @Test
    void theMpegTsFormIsThereToo() {
        URI media = server.hls().awaitMediaPlaylist(HlsForm.MPEG_TS, livestream.streamKey(), SOON);
        assertThat(edge.get(server.hls().multivariantAddress(HlsForm.MPEG_TS, livestream.streamKey()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(new String(edge.get(media).body(), UTF_8)).startsWith("#EXTM3U");
        URI segment =
                media.resolve(server.hls().read(media).segments().getLast().uri());
        assertThat(header(edge.get(segment), "content-type")).isEqualTo("video/mp2t");
        assertThat(header(edge.get(segment), "x-cache")).isEqualTo("HIT");
    }

    @Test
    void errorsComeAsTheOriginSaysThem() {
        HttpResponse<byte[]> missing = edge.get(URI.create(server.credentials().httpUrl() + "/hls/x/master.m3u8"));
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(new String(missing.body(), UTF_8)).contains("STREAM_NOT_FOUND");
        assertThat(header(missing, "cache-control")).isEqualTo("public, max-age=1");
        assertThat(edge.get(URI.create(playlist + "?_HLS_msn=x")).statusCode()).isEqualTo(400);
        assertThat(edge.get(URI.create(playlist + "?_HLS_part=1")).statusCode()).isEqualTo(400);
        assertThat(edge.get(URI.create(server.credentials().apiUrl() + "/health"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void thoseWhoWaitInVainShareOneAnswer() throws Exception {
        Livestream gone = api.create("gone");
        URI address;
        try (FfmpegPublisher encoder = FfmpegPublisher.push(gone.pushAddress(), Encoding.SMALL)) {
            address = server.hls().awaitMediaPlaylist(HlsForm.FMP4, gone.streamKey(), SOON);
            encoder.kill();
        }
        await("the end of the connection")
                .atMost(SOON)
                .until(() -> !api.get(gone.id()).json().at("/ingest/connected").asBoolean());
        MediaPlaylistText last = server.hls().read(address);
        Point never = Point.after(last);
        URI update = URI.create(address + "?_HLS_msn=" + never.mediaSequence() + "&_HLS_part=" + never.part());
        OriginAnswers before = OriginAnswers.of(server);
        long startNs = System.nanoTime();
        List<CompletableFuture<HttpResponse<byte[]>>> waiting = IntStream.range(0, 50)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> edge.get(update), Thread::startVirtualThread))
                .toList();
        for (CompletableFuture<HttpResponse<byte[]>> one : waiting) {
            HttpResponse<byte[]> answer = one.get(SECONDS_FOR_ALL, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(header(answer, "cache-control")).isEqualTo("no-store");
            assertThat(header(answer, "retry-after")).isEqualTo("1");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startNs))
                .isLessThan(Duration.ofSeconds(last.targetDurationSeconds()).multipliedBy(5));
        assertThat(OriginAnswers.of(server).since(before).refusedPlaylists()).isEqualTo(1);
    }

    @Test
    void theOriginKnowsViewersByTheirOwnAddresses() {
        await("viewers from two addresses").atMost(SOON).until(() -> {
            edge.getFrom("127.0.0.2", playlist);
            Point next = nextPart();
            edge.getFrom("127.0.0.3", URI.create(playlist + "?_HLS_msn=" + next.mediaSequence()));
            // One more is this test itself, which has asked the origin.
            return api.get(livestream.id()).json().path("viewers").asInt() >= 3;
        });
    }

    @Test
    void theOriginSeesThatTheEdgeWorks() {
        await("a look at the edge")
                .atMost(SOON)
                .until(() -> new Operator(server.credentials())
                        .cdn("edge")
                        .path("status")
                        .asText()
                        .equals("UP"));
    }

    @Test
    void withoutItsOriginAnEdgeSaysSoAndGivesNoOldPlaylist(@TempDir Path data, @TempDir Path folder) {
        URI media;
        URI segment;
        try (LunarServer origin = LunarServer.start(data);
                NginxEdge other = NginxEdge.start(folder, Nginx.freePort(), origin.credentials())) {
            Livestream live = origin.apiOnMediaServer(origin.credentials().mediaServerId())
                    .create("alone");
            try (FfmpegPublisher _ = FfmpegPublisher.push(live.pushAddress(), Encoding.SMALL)) {
                media = origin.hls().awaitMediaPlaylist(HlsForm.FMP4, live.streamKey(), SOON);
                segment = media.resolve(
                        origin.hls().read(media).segments().getFirst().uri());
                assertThat(other.get(media).statusCode()).isEqualTo(200);
                assertThat(other.get(segment).statusCode()).isEqualTo(200);
                origin.kill();
            }
            await("the end of the playlist's second")
                    .atMost(SOON)
                    .until(() -> other.get(media).statusCode() == 503);
            HttpResponse<byte[]> refused = other.get(media);
            assertThat(header(refused, "cache-control")).isEqualTo("no-store");
            assertThat(header(refused, "retry-after")).isEqualTo("1");
            assertThat(refused.headers().allValues("access-control-allow-origin"))
                    .containsExactly("*");
            assertThat(other.get(segment).statusCode()).isEqualTo(200);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
