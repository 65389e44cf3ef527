package io.lunarstream.server.origin;

import static io.lunarstream.server.origin.OriginServer.LIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.server.TestCertificate;
import io.lunarstream.server.http.SlowViewers;
import io.lunarstream.server.live.StoredMedia;
import io.lunarstream.server.live.Window;
import io.lunarstream.server.live.Windows;
import io.netty.buffer.ByteBuf;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// HLS over TLS: the bytes are the same in every version of HTTP, from memory and from disk.
class EncryptedOriginIT {
    /// Segments of a megabyte are many pieces.
    private static final int PICTURE_BYTES = 20_000;

    /// As many as one HTTP/2 connection may have under way.
    private static final int STREAMS = 100;

    @TempDir
    private Path directory;

    private Optional<OriginServer> opened = Optional.empty();

    @AfterEach
    void close() {
        opened.ifPresent(OriginServer::close);
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void sendsTheSameBytesFromMemoryAndFromDisk(Version version) {
        OriginServer server = open(version);
        StoredMedia segment = oldestSegment(server);
        String path = path(server, segment.name());
        byte[] whole = bytes(segment);
        HttpResponse<byte[]> fromMemory = server.get(path);
        assertThat(fromMemory.version()).isEqualTo(version);
        assertThat(fromMemory.body()).isEqualTo(whole);
        assertThat(range(server, path)).isEqualTo(Arrays.copyOfRange(whole, 70_000, 200_000));
        await().until(() -> segment.file().isPresent());
        server.send(Duration.ofSeconds(20));
        assertThat(segment.borrow()).isEmpty();
        HttpResponse<byte[]> fromDisk = server.get(path);
        assertThat(fromDisk.body()).isEqualTo(whole);
        assertThat(fromDisk.headers().firstValue("content-length")).contains(Integer.toString(whole.length));
        assertThat(range(server, path)).isEqualTo(Arrays.copyOfRange(whole, 70_000, 200_000));
        assertThat(server.send(server.request(path).HEAD()).body()).isEmpty();
    }

    @Test
    void manyRequestsWaitOnOneConnectionAndAreAnsweredTogether() {
        OriginServer server = open(Version.HTTP_2);
        String media = path(server, "media.m3u8");
        server.get(media);
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            answers.add(server.sendAndWait(server.request(media + "?_HLS_msn=3&other=" + i)));
        }
        assertThat(server.streams().waiting()).isEqualTo(STREAMS);
        server.send(Duration.ofSeconds(4));
        assertThat(answers).allSatisfy(answer -> {
            HttpResponse<byte[]> response = answer.join();
            assertThat(response.version()).isEqualTo(Version.HTTP_2);
            assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("#EXTINF", "3-");
        });
    }

    private OriginServer open(Version version) {
        OriginServer server = new OriginServer(
                directory,
                PICTURE_BYTES,
                version,
                Optional.of(TestCertificate.of("origin")),
                new SlowViewers(SlowViewers.PATIENCE));
        opened = Optional.of(server);
        return server;
    }

    private static byte[] range(OriginServer server, String path) {
        HttpResponse<byte[]> response = server.send(server.request(path).header("Range", "bytes=70000-199999"));
        assertThat(response.statusCode()).isEqualTo(206);
        return response.body();
    }

    private static byte[] bytes(StoredMedia media) {
        ByteBuf borrowed = media.borrow().orElseThrow();
        byte[] bytes = new byte[borrowed.readableBytes()];
        borrowed.getBytes(borrowed.readerIndex(), bytes);
        borrowed.release();
        return bytes;
    }

    static StoredMedia oldestSegment(OriginServer server) {
        Window window = window(server);
        String name = window.playlist().segments().getFirst().name() + ".m4s";
        return Optional.ofNullable(window.objects().get(name)).orElseThrow();
    }

    static String path(OriginServer server, String name) {
        return "/hls/" + LIVE + "/" + window(server).generation() + "/" + name;
    }

    private static Window window(OriginServer server) {
        return server.streams().windows(LIVE).flatMap(Windows::newest).orElseThrow();
    }
}
