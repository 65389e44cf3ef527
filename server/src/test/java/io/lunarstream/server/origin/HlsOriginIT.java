package io.lunarstream.server.origin;

import static io.lunarstream.server.origin.OriginServer.LIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.server.live.StoredMedia;
import io.lunarstream.server.live.Window;
import io.lunarstream.server.live.Windows;
import io.netty.buffer.ByteBuf;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HlsOriginIT {
    private static final String FMP4 = "/hls/" + LIVE + "/master.m3u8";
    private static final String MPEG_TS = "/live/" + LIVE + "/hls.m3u8";
    private static final String CACHED_FOR_EVER = "public, max-age=31536000, immutable";

    @TempDir
    private Path directory;

    private OriginServer server;
    private String oldestSegment = "";

    @BeforeEach
    void open() {
        server = new OriginServer(directory, 1_000);
        oldestSegment = firstSegment(FMP4);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {FMP4, MPEG_TS})
    void leadsFromTheStableAddressToSegments(String address) {
        HttpResponse<byte[]> multivariant = server.get(address);
        assertThat(multivariant.statusCode()).isEqualTo(200);
        assertThat(header(multivariant, "Content-Type")).isEqualTo("application/vnd.apple.mpegurl");
        assertThat(header(multivariant, "Cache-Control")).isEqualTo("public, max-age=1");
        HttpResponse<byte[]> media = server.get(mediaPlaylist(address));
        assertThat(text(media)).startsWith("#EXTM3U\n").doesNotContain("ENDLIST");
        assertThat(header(media, "Cache-Control")).isEqualTo("public, max-age=1");
        HttpResponse<byte[]> segment = server.get(firstSegment(address));
        assertThat(segment.statusCode()).isEqualTo(200);
        assertThat(header(segment, "Cache-Control")).isEqualTo(CACHED_FOR_EVER);
        assertThat(header(segment, "Accept-Ranges")).isEqualTo("bytes");
        assertLengthIsTold(multivariant);
        assertLengthIsTold(media);
        assertLengthIsTold(segment);
    }

    @Test
    void servesTheInitSegment() {
        Matcher map = Pattern.compile("EXT-X-MAP:URI=\"(.+?)\"").matcher(text(server.get(mediaPlaylist(FMP4))));
        assertThat(map.find()).isTrue();
        HttpResponse<byte[]> init = server.get(sibling(mediaPlaylist(FMP4), map.group(1)));
        assertThat(init.statusCode()).isEqualTo(200);
        assertThat(header(init, "Content-Type")).isEqualTo("video/mp4");
        assertThat(header(init, "Cache-Control")).isEqualTo(CACHED_FOR_EVER);
        assertThat(new String(init.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
    }

    @Test
    void namesTheTypeOfEachForm() {
        assertThat(header(server.get(firstSegment(FMP4)), "Content-Type")).isEqualTo("video/mp4");
        assertThat(header(server.get(firstSegment(MPEG_TS)), "Content-Type")).isEqualTo("video/mp2t");
    }

    @Test
    void keepsAnEndedPlaylistAsShortInCachesAsAMultivariantOne() {
        server.end();
        HttpResponse<byte[]> media = server.get(mediaPlaylist(FMP4));
        assertThat(text(media)).endsWith("#EXT-X-ENDLIST\n");
        assertThat(header(media, "Cache-Control")).isEqualTo("public, max-age=1");
    }

    @Test
    void sendsEveryPublicHeaderOnceEverywhere() {
        String unknown = "/hls/" + OriginServer.WAITING + "/master.m3u8";
        for (String path : List.of(FMP4, mediaPlaylist(FMP4), firstSegment(FMP4), unknown, "/hls/nonsense")) {
            HttpResponse<byte[]> response = server.get(path);
            assertThat(response.headers().allValues("Date")).hasSize(1);
            assertThat(response.headers().allValues("Access-Control-Allow-Origin"))
                    .containsExactly("*");
            assertThat(header(response, "Access-Control-Expose-Headers")).contains("Age, Date, ETag, Content-Range");
            assertThat(response.headers().allValues("X-Request-Id")).hasSize(1);
            assertThat(response.headers().allValues("Content-Length")).hasSize(1);
        }
    }

    @Test
    void answersHeadLikeGetWithoutABody() {
        for (String path : List.of(FMP4, mediaPlaylist(FMP4), firstSegment(FMP4), "/hls/nonsense")) {
            HttpResponse<byte[]> get = server.get(path);
            HttpResponse<byte[]> head = server.send(server.request(path).HEAD());
            assertThat(head.statusCode()).isEqualTo(get.statusCode());
            assertThat(head.body()).isEmpty();
            for (String name : List.of("Content-Length", "Content-Type", "ETag", "Cache-Control")) {
                assertThat(head.headers().allValues(name))
                        .as(name)
                        .isEqualTo(get.headers().allValues(name));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"E | 304", "W/E | 304", "\"other\", E | 304", "* | 304", "\"other\" | 200", "W/\"other\" | 200"})
    void sendsNothingThatTheClientHas(String pattern, int status) {
        for (String path : List.of(FMP4, mediaPlaylist(MPEG_TS), firstSegment(FMP4))) {
            String etag = header(server.get(path), "ETag");
            HttpResponse<byte[]> response =
                    server.send(server.request(path).header("If-None-Match", pattern.replace("E", etag)));
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(header(response, "ETag")).isEqualTo(etag);
            assertThat(response.headers().firstValue("Cache-Control")).isPresent();
            assertThat(response.body().length > 0).isEqualTo(status == 200);
        }
    }

    @Test
    void tagsEachVersionOfAPlaylistDifferently() {
        String before = header(server.get(mediaPlaylist(FMP4)), "ETag");
        server.send(Duration.ofSeconds(2));
        assertThat(header(server.get(mediaPlaylist(FMP4)), "ETag")).isNotEqualTo(before);
    }

    @Test
    void compressesPlaylistsForThoseWhoWant() throws IOException {
        for (String path : List.of(FMP4, mediaPlaylist(FMP4))) {
            HttpResponse<byte[]> plain = server.get(path);
            HttpResponse<byte[]> gzip = server.send(server.request(path).header("Accept-Encoding", "br, gzip"));
            assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
            assertThat(header(plain, "Vary")).isEqualTo("Accept-Encoding");
            assertThat(header(gzip, "Vary")).isEqualTo("Accept-Encoding");
            assertThat(header(gzip, "ETag")).isNotEqualTo(header(plain, "ETag"));
            assertLengthIsTold(gzip);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                    .isEqualTo(plain.body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "br"})
    void compressesNothingForOthers(String acceptEncoding) {
        HttpResponse<byte[]> response = server.send(server.request(FMP4).header("Accept-Encoding", acceptEncoding));
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void neverCompressesSegments() {
        HttpResponse<byte[]> segment =
                server.send(server.request(firstSegment(FMP4)).header("Accept-Encoding", "gzip"));
        assertThat(segment.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-99, 0, 100", "bytes=100-199, 100, 200", "bytes=-50, -50, 0", "bytes=200-, 200, 0"})
    void sendsPartOfASegment(String range, int from, int to) {
        byte[] whole = server.get(firstSegment(FMP4)).body();
        int first = from < 0 ? whole.length + from : from;
        int end = to > 0 ? to : whole.length;
        assertPart(range, whole, first, end);
        waitUntilOnDiskOnly();
        assertPart(range, whole, first, end);
    }

    private void assertPart(String range, byte[] whole, int first, int end) {
        HttpResponse<byte[]> part = server.send(server.request(oldestSegment).header("Range", range));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, first, end));
        assertThat(header(part, "Content-Range")).isEqualTo("bytes " + first + "-" + (end - 1) + "/" + whole.length);
    }

    @Test
    void refusesARangeBeyondTheEnd() {
        byte[] whole = server.get(firstSegment(FMP4)).body();
        HttpResponse<byte[]> response =
                server.send(server.request(firstSegment(FMP4)).header("Range", "bytes=" + whole.length + "-"));
        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(header(response, "Content-Range")).isEqualTo("bytes */" + whole.length);
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,5-6", "bytes=x-1", "bytes=5-1", "lines=1-2", "bytes=-", "bytes"})
    void ignoresRangesThatItDoesNotServe(String range) {
        byte[] whole = server.get(firstSegment(FMP4)).body();
        HttpResponse<byte[]> response =
                server.send(server.request(firstSegment(FMP4)).header("Range", range));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(whole);
    }

    @Test
    void ignoresARangeThatWasMeantForOtherBytes() {
        String etag = header(server.get(firstSegment(FMP4)), "ETag");
        HttpRequest.Builder same = server.request(firstSegment(FMP4)).header("If-Range", etag);
        HttpRequest.Builder other = server.request(firstSegment(FMP4)).header("If-Range", "\"other\"");
        assertThat(server.send(same.header("Range", "bytes=0-9")).statusCode()).isEqualTo(206);
        assertThat(server.send(other.header("Range", "bytes=0-9")).statusCode()).isEqualTo(200);
    }

    @Test
    void servesTheSameBytesFromDiskAsFromMemory() {
        byte[] fromMemory = server.get(oldestSegment).body();
        waitUntilOnDiskOnly();
        HttpResponse<byte[]> fromDisk = server.get(oldestSegment);
        assertThat(fromDisk.body()).isEqualTo(fromMemory);
        assertThat(header(fromDisk, "Content-Type")).isEqualTo("video/mp4");
        assertThat(header(fromDisk, "Cache-Control")).isEqualTo(CACHED_FOR_EVER);
        assertLengthIsTold(fromDisk);
    }

    @Test
    void answersManyRequestsOnOneConnection() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            byte[] request = ("GET " + oldestSegment + " HTTP/1.1\r\nHost: a\r\nRange: bytes=0-0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 500; i++) {
                socket.getOutputStream().write(request);
            }
            int answers = 0;
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            while (answers < 500) {
                answers += lines.readLine().endsWith("HTTP/1.1 206 Partial Content") ? 1 : 0;
            }
        }
    }

    @Test
    void getsMemoryBackFromAClientThatGoesAwayInTheMiddle() throws IOException {
        server.close();
        server = new OriginServer(directory.resolve("large"), 500_000);
        String path = firstSegment(MPEG_TS);
        StoredMedia segment = stored(path);
        ByteBuf watched = segment.borrow().orElseThrow();
        int owners = watched.refCnt();
        for (int i = 0; i < 10; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
            }
        }
        await().untilAsserted(() -> assertThat(watched.refCnt()).isEqualTo(owners));
        watched.release();
    }

    /// Waits until the oldest segment is in its file and no longer in memory.
    private void waitUntilOnDiskOnly() {
        StoredMedia segment = stored(oldestSegment);
        await().until(() -> segment.file().isPresent());
        server.send(Duration.ofSeconds(20));
        assertThat(segment.borrow()).isEmpty();
    }

    private StoredMedia stored(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Window window = server.streams().windows(LIVE).flatMap(Windows::newest).orElseThrow();
        return Optional.ofNullable(window.objects().get(name)).orElseThrow();
    }

    private String mediaPlaylist(String multivariant) {
        return sibling(multivariant, firstAddress(server.get(multivariant)));
    }

    private String firstSegment(String multivariant) {
        String media = mediaPlaylist(multivariant);
        return sibling(media, firstAddress(server.get(media)));
    }

    private static String firstAddress(HttpResponse<byte[]> playlist) {
        return text(playlist)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .findFirst()
                .orElseThrow();
    }

    private static String sibling(String path, String name) {
        return path.substring(0, path.lastIndexOf('/') + 1) + name;
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElseThrow(() -> new AssertionError("no " + name));
    }

    private static void assertLengthIsTold(HttpResponse<byte[]> response) {
        assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(response.body().length));
    }
}
