package io.lunarstream.server.origin;

import static io.lunarstream.server.origin.OriginServer.LIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Blocking playlist reload, delta updates, hinted parts. The encoder has sent 5 s: segments 0 and 1 are whole, two
/// parts of 360 ms of segment 2 are there, and the next comes with 80 ms more.
class LowLatencyIT {
    private static final Duration NEXT_PART = Duration.ofMillis(120);
    private static final Duration NEXT_SEGMENT = Duration.ofMillis(1_040);

    @TempDir
    private Path directory;

    private OriginServer server;
    private String media = "";

    @BeforeEach
    void open() {
        server = new OriginServer(directory, 1_000);
        String generation = server.streams()
                .windows(LIVE)
                .flatMap(windows -> windows.newest())
                .orElseThrow()
                .generation();
        media = "/hls/" + LIVE + "/" + generation + "/media.m3u8";
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_HLS_msn=0 | 200 | public, max-age=1, s-maxage=18",
                "_HLS_msn=1 | 200 | public, max-age=1, s-maxage=18",
                "_HLS_msn=%31 | 200 | public, max-age=1, s-maxage=18",
                "_HLS_msn=2&_HLS_part=0 | 200 | public, max-age=1, s-maxage=18",
                "_HLS_msn=2&_HLS_part=1 | 200 | public, max-age=1, s-maxage=18",
                "_HLS_msn=1&_HLS_part=7 | 200 | public, max-age=1, s-maxage=18",
                "_HLS_msn=0&_HLS_part=99 | 200 | public, max-age=1, s-maxage=18",
                "_HLS_msn=1&_HLS_skip=YES | 200 | public, max-age=1, s-maxage=18",
                "_HLS_skip=YES | 200 | public, max-age=1",
                "_HLS_skip=v2 | 200 | public, max-age=1",
                "_HLS_skip=maybe | 200 | public, max-age=1",
                "_HLS_push=1&other=_HLS_ | 200 | public, max-age=1",
                "_HLS_part=0 | 400 | no-store",
                "_HLS_msn=4 | 400 | no-store",
                "_HLS_msn=4&_HLS_part=0 | 400 | no-store",
                "_HLS_msn=2&_HLS_part=11 | 400 | no-store",
                "_HLS_msn=99999999999999999999 | 400 | no-store",
                "_HLS_msn= | 400 | no-store",
                "_HLS_msn | 400 | no-store",
                "_HLS_msn=-1 | 400 | no-store",
                "_HLS_msn=one | 400 | no-store",
                "_HLS_msn=2&_HLS_part=x | 400 | no-store",
            })
    void followsDirectivesAtOnceWhereItCan(String query, int status, String caching) {
        HttpResponse<byte[]> response = server.get(media + "?" + query);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "Cache-Control")).isEqualTo(caching);
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(text(response)).startsWith(status == 200 ? "#EXTM3U" : "{");
    }

    @ParameterizedTest
    @CsvSource({
        "_HLS_msn=2&_HLS_part=2, 120",
        "_HLS_msn=2&_HLS_part=10, 1400",
        "_HLS_msn=2, 1040",
        "_HLS_msn=3&_HLS_part=0, 1400",
        "_HLS_msn=3, 3040",
    })
    void waitsForWhatIsToCome(String query, int afterMs) {
        CompletableFuture<HttpResponse<byte[]>> answer = server.sendAndWait(server.request(media + "?" + query));
        server.send(Duration.ofMillis(afterMs - 40));
        assertThat(server.streams().waiting()).isEqualTo(1);
        server.send(Duration.ofMillis(40));
        HttpResponse<byte[]> response = answer.join();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Cache-Control")).isEqualTo("public, max-age=1, s-maxage=18");
        assertThat(text(response)).isEqualTo(text(server.get(media)));
    }

    @Test
    void answersAllWhoWaitInOneGo() {
        CompletableFuture<HttpResponse<byte[]>> plain = server.sendAndWait(server.request(media + "?_HLS_msn=2"));
        CompletableFuture<HttpResponse<byte[]>> gzip = server.sendAndWait(
                server.request(media + "?_HLS_msn=2&_HLS_skip=YES").header("Accept-Encoding", "gzip"));
        CompletableFuture<HttpResponse<byte[]>> head =
                server.sendAndWait(server.request(media + "?_HLS_msn=2").HEAD());
        server.send(NEXT_SEGMENT);
        assertThat(text(plain.join())).contains("#EXTINF").contains("2-");
        assertThat(header(gzip.join(), "Content-Encoding")).isEqualTo("gzip");
        assertThat(head.join().statusCode()).isEqualTo(200);
        assertThat(head.join().body()).isEmpty();
    }

    @Test
    void saysAfterThreeTargetDurationsThatItWaitedInVain() {
        CompletableFuture<HttpResponse<byte[]>> answer = server.sendAndWait(server.request(media + "?_HLS_msn=2"));
        server.advance(Duration.ofMillis(8_999));
        assertThat(server.streams().waiting()).isEqualTo(1);
        server.advance(Duration.ofMillis(1));
        assertUnavailable(answer.join());
    }

    @Test
    void goesOnAnsweringPlainRequestsWhileTheEncoderIsAway() {
        server.loseEncoder();
        HttpResponse<byte[]> before = server.get(media);
        assertThat(text(before)).doesNotContain("PRELOAD-HINT").doesNotContain("ENDLIST");
        server.advance(Duration.ofSeconds(20));
        HttpResponse<byte[]> after = server.get(media);
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(text(after)).isEqualTo(text(before));
    }

    @Test
    void ignoresDirectivesAfterTheEnd() {
        CompletableFuture<HttpResponse<byte[]>> waiting = server.sendAndWait(server.request(media + "?_HLS_msn=3"));
        server.end();
        assertThat(text(waiting.join())).endsWith("#EXT-X-ENDLIST\n");
        assertThat(header(waiting.join(), "Cache-Control")).isEqualTo("public, max-age=1");
        for (String query : new String[] {"_HLS_msn=99", "_HLS_part=1", "_HLS_msn=x", "_HLS_skip=YES"}) {
            HttpResponse<byte[]> response = server.get(media + "?" + query);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(text(response)).endsWith("#EXT-X-ENDLIST\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"_HLS_msn=3", "_HLS_part=1", "_HLS_skip=YES"})
    void knowsNoDirectivesForMpegTs(String query) {
        String path = media.replace("/hls/", "/live/");
        HttpResponse<byte[]> response = server.get(path + "?" + query);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response))
                .isEqualTo(text(server.get(path)))
                .contains(".ts\n")
                .doesNotContain("EXT-X-PART", "EXT-X-SERVER-CONTROL", "EXT-X-PRELOAD-HINT");
    }

    @Test
    void leavesOldSegmentsOutOfDeltaUpdates() {
        server.send(Duration.ofSeconds(40));
        String whole = text(server.get(media));
        String delta = text(server.get(media + "?_HLS_skip=YES"));
        Matcher skip = Pattern.compile("#EXT-X-SKIP:SKIPPED-SEGMENTS=(\\d+)\n").matcher(delta);
        assertThat(skip.find()).isTrue();
        int skipped = Integer.parseInt(skip.group(1));
        assertThat(skipped).isBetween(4, 7);
        assertThat(count(whole, "#EXTINF") - count(delta, "#EXTINF")).isEqualTo(skipped);
        String kept = delta.substring(delta.indexOf("#EXT-X-PROGRAM-DATE-TIME"));
        assertThat(whole).endsWith(kept);
    }

    @Test
    void sendsAHintedPartOnceItIsThere() {
        String hint = hint();
        CompletableFuture<HttpResponse<byte[]>> answer = server.sendAndWait(server.request(sibling(hint)));
        server.send(NEXT_PART);
        HttpResponse<byte[]> response = answer.join();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(header(response, "Content-Type")).isEqualTo("video/mp4");
        assertThat(new String(response.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("moof");
        assertThat(text(server.get(media))).contains("URI=\"" + hint + "\"");
        assertThat(server.get(sibling(hint)).body()).isEqualTo(response.body());
    }

    @Test
    void closesAHintedPartWhenTheEncoderGoesAndFindsNoneAfterIt() {
        String hint = hint();
        CompletableFuture<HttpResponse<byte[]>> answer = server.sendAndWait(server.request(sibling(hint)));
        server.send(Duration.ofMillis(40));
        server.loseEncoder();
        assertThat(answer.join().statusCode()).isEqualTo(200);
        String nextSegment = hint.replaceFirst("^2-(\\w+)\\.\\d", "3-$1.0");
        assertThat(server.get(sibling(nextSegment)).statusCode()).isEqualTo(404);
    }

    @Test
    void servesAllPartsOfASegmentAsThatSegment() {
        server.send(NEXT_SEGMENT);
        String playlist = text(server.get(media));
        byte[] segment =
                server.get(sibling(find(playlist, "\n(2-\\w+\\.m4s)\n"))).body();
        int offset = 0;
        Matcher parts = Pattern.compile("URI=\"(2-\\w+\\.\\d\\.m4s)\"").matcher(playlist);
        while (parts.find()) {
            byte[] part = server.get(sibling(parts.group(1))).body();
            assertThat(Arrays.copyOfRange(segment, offset, offset + part.length))
                    .isEqualTo(part);
            offset += part.length;
        }
        assertThat(offset).isEqualTo(segment.length);
    }

    @Test
    void forgetsWhoHasGoneAway() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String request = "GET " + media + "?_HLS_msn=3 HTTP/1.1\r\nHost: a\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> server.streams().waiting() == 1);
        }
        await().until(() -> server.streams().waiting() == 0);
    }

    @Test
    void tellsWhoWaitsThatTheProgramEnds() {
        CompletableFuture<HttpResponse<byte[]>> playlist = server.sendAndWait(server.request(media + "?_HLS_msn=3"));
        CompletableFuture<HttpResponse<byte[]>> part = server.sendAndWait(server.request(sibling(hint())));
        server.streams().giveUpWaiting();
        server.advance(Duration.ZERO);
        assertUnavailable(playlist.join());
        assertUnavailable(part.join());
        assertThat(server.get(media).statusCode()).isEqualTo(200);
    }

    private static void assertUnavailable(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(response, "Retry-After")).isEqualTo("1");
        assertThat(header(response, "X-Accel-Expires")).isEqualTo("1");
    }

    private String hint() {
        return find(text(server.get(media)), "PRELOAD-HINT:TYPE=PART,URI=\"(.+?)\"");
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private static int count(String text, String tag) {
        return text.split(tag, -1).length - 1;
    }

    private String sibling(String name) {
        return media.substring(0, media.lastIndexOf('/') + 1) + name;
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElseThrow(() -> new AssertionError("no " + name));
    }
}
