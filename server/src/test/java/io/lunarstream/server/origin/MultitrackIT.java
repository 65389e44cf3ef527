package io.lunarstream.server.origin;

import static io.lunarstream.server.origin.OriginServer.LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two encodings of the picture and two sounds, as viewers get them. The encoder has sent 5 s: segments 0 and 1 are
/// whole, two parts of 360 ms of segment 2 are there, and the next comes with 80 ms more.
class MultitrackIT {
    private static final Pattern URI = Pattern.compile("URI=\"([^\"]+)\"");

    @TempDir
    private Path directory;

    private OriginServer server;
    private String master = "";
    private String generation = "";

    @BeforeEach
    void open() {
        server = OriginServer.multitrack(directory);
        master = text(server.get("/hls/" + LIVE + "/master.m3u8"));
        generation = master.lines().reduce((_, last) -> last).orElseThrow().replaceAll("/.*", "");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void areVariantsAndRenditionsOfOneMultivariantPlaylist() {
        assertThat(master.replaceAll("BANDWIDTH=\\d+", "BANDWIDTH=n")).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:6
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aac",NAME="Audio 1",DEFAULT=YES,AUTOSELECT=YES,%1$s/audio1.m3u8"
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aac",NAME="Audio 2",DEFAULT=NO,AUTOSELECT=NO,%1$s/audio2.m3u8"
                        #EXT-X-STREAM-INF:BANDWIDTH=n,AVERAGE-BANDWIDTH=n,%2$s
                        %3$s/video1.m3u8
                        #EXT-X-STREAM-INF:BANDWIDTH=n,AVERAGE-BANDWIDTH=n,%2$s
                        %3$s/video2.m3u8
                        """.formatted(
                        "CHANNELS=\"2\",URI=\"" + generation,
                        "CODECS=\"avc1.4d401f,mp4a.40.2\",RESOLUTION=640x360," + "FRAME-RATE=25.000,AUDIO=\"aac\"",
                        generation));
    }

    @Test
    void haveSegmentsAndPartsOfTheSameNumbersAndLengths() {
        String first = withoutNames(playlist("video1"));
        assertThat(first).contains("#EXTINF:2.00000").contains("#EXT-X-PRELOAD-HINT");
        for (String other : List.of("video2", "audio1", "audio2")) {
            assertThat(withoutNames(playlist(other))).isEqualTo(first);
        }
        assertThat(playlist("audio1").lines().filter(line -> line.startsWith("#EXT-X-PART:")))
                .allMatch(line -> line.endsWith("INDEPENDENT=YES"));
    }

    @Test
    void reportOnEachOther() {
        assertThat(playlist("video2").lines().filter(line -> line.startsWith("#EXT-X-RENDITION-REPORT")))
                .containsExactly(
                        "#EXT-X-RENDITION-REPORT:URI=\"video1.m3u8\",LAST-MSN=2,LAST-PART=1",
                        "#EXT-X-RENDITION-REPORT:URI=\"audio1.m3u8\",LAST-MSN=2,LAST-PART=1",
                        "#EXT-X-RENDITION-REPORT:URI=\"audio2.m3u8\",LAST-MSN=2,LAST-PART=1");
        String delta = text(server.get(address("video1") + "?_HLS_skip=YES"));
        assertThat(delta).contains("URI=\"video2.m3u8\",LAST-MSN=2");
        server.end();
        assertThat(playlist("video2")).contains("#EXT-X-ENDLIST").doesNotContain("RENDITION-REPORT");
    }

    @Test
    void serveAllThatTheyList() {
        Set<String> names = new LinkedHashSet<>();
        for (String rendition : List.of("video1", "video2", "audio1", "audio2")) {
            names.addAll(names(playlist(rendition)));
        }
        assertThat(names).hasSizeGreaterThan(4 * 10);
        for (String name : names) {
            HttpResponse<byte[]> response = server.get(address("") + name);
            assertThat(response.statusCode()).as(name).isEqualTo(200);
            assertThat(response.body()).as(name).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"video1", "video2", "audio2"})
    void letEachRenditionBeWaitedFor(String rendition) {
        String hint = playlist(rendition)
                .lines()
                .filter(line -> line.startsWith("#EXT-X-PRELOAD-HINT"))
                .map(line -> names(line).getFirst())
                .findFirst()
                .orElseThrow();
        CompletableFuture<HttpResponse<byte[]>> part = server.sendAndWait(server.request(address("") + hint));
        CompletableFuture<HttpResponse<byte[]>> playlist =
                server.sendAndWait(server.request(address(rendition) + "?_HLS_msn=2&_HLS_part=2"));
        server.send(Duration.ofMillis(160));
        assertThat(part.join().statusCode()).isEqualTo(200);
        assertThat(text(playlist.join())).contains(hint).contains("LAST-MSN=2,LAST-PART=2");
    }

    @Test
    void areMuxedFromTheDefaultTracksInMpegTs() {
        String transportStream = text(server.get("/live/" + LIVE + "/hls.m3u8"));
        assertThat(transportStream).containsOnlyOnce("#EXT-X-STREAM-INF").doesNotContain("AUDIO=");
        assertThat(transportStream).contains("CODECS=\"avc1.4d401f,mp4a.40.2\"");
        String folder = "/live/" + LIVE + "/" + generation + "/";
        String playlist = text(server.get(folder + "media.m3u8"));
        List<String> segments =
                playlist.lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(segments).hasSize(2).allMatch(name -> name.endsWith(".ts"));
        assertThat(server.get(folder + segments.getFirst()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hls/%s/%s/media.m3u8", "/hls/%s/%s/video3.m3u8", "/live/%s/%s/video1.m3u8"})
    void haveNoOtherAddresses(String address) {
        HttpResponse<byte[]> response = server.get(address.formatted(LIVE, generation));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(text(response)).contains("NOT_FOUND");
    }

    private String address(String rendition) {
        String folder = "/hls/" + LIVE + "/" + generation + "/";
        return rendition.isEmpty() ? folder : folder + rendition + ".m3u8";
    }

    private String playlist(String rendition) {
        return text(server.get(address(rendition)));
    }

    /// Segments, parts and init segments in a playlist, but not what has not come yet.
    private static List<String> names(String playlist) {
        List<String> names = new ArrayList<>();
        playlist.lines().forEach(line -> {
            URI.matcher(line).results().map(found -> found.group(1)).forEach(names::add);
            if (!line.startsWith("#")) {
                names.add(line);
            }
        });
        boolean wholePlaylist = playlist.startsWith("#EXTM3U");
        names.removeIf(name ->
                wholePlaylist && (name.endsWith(".m3u8") || playlist.contains("PRELOAD-HINT:TYPE=PART,URI=\"" + name)));
        return names;
    }

    /// What must be the same in all playlists: everything but names, and where a decoder can start.
    private static String withoutNames(String playlist) {
        return playlist.replaceAll("URI=\"[^\"]+\"", "")
                .replaceAll("(video|audio)\\d-", "")
                .replaceAll(",INDEPENDENT=YES", "");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
