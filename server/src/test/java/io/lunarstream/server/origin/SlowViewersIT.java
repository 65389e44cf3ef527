package io.lunarstream.server.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.server.TestCertificate;
import io.lunarstream.server.http.SlowViewers;
import io.lunarstream.server.live.StoredMedia;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Viewers that ask for a segment and do not read it.
class SlowViewersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// Segments of four megabytes, more than the sockets of both sides hold.
    private static final int PICTURE_BYTES = 80_000;

    private static final int RECEIVE_BUFFER_BYTES = 16 << 10;
    private static final int SIP_BYTES = 128 << 10;

    private final TestCertificate certificate = TestCertificate.of("slow");
    private final SlowViewers slowViewers = new SlowViewers(PATIENCE);
    private final Vertx vertx = Vertx.vertx();
    private final HttpClientAgent client = client();

    @TempDir
    private Path directory;

    private Optional<OriginServer> opened = Optional.empty();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        opened.ifPresent(OriginServer::close);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void oneThatDoesNotReadIsClosedAndNobodyElseNotices(boolean encrypted, boolean fromDisk) throws IOException {
        OriginServer server = open(Version.HTTP_1_1, encrypted);
        StoredMedia segment = EncryptedOriginIT.oldestSegment(server);
        String path = EncryptedOriginIT.path(server, segment.name());
        if (fromDisk) {
            await().until(() -> segment.file().isPresent());
            server.send(Duration.ofSeconds(14));
            assertThat(segment.borrow()).isEmpty();
        }
        try (Socket viewer = connect(server, encrypted)) {
            ask(viewer, path);
            assertThat(viewer.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
            assertThat(server.get(path).body()).hasSize(segment.bytes());
            await().until(slowViewers::closed, closed -> closed == 1);
            assertThat(server.get(path).body()).hasSize(segment.bytes());
        }
        assertThat(slowViewers.closed()).isEqualTo(1);
    }

    @Test
    void itsMemoryIsGivenBack() throws IOException {
        OriginServer server = open(Version.HTTP_1_1, /* encrypted= */ true);
        StoredMedia segment = EncryptedOriginIT.oldestSegment(server);
        ByteBuf watched = segment.borrow().orElseThrow();
        int owners = watched.refCnt();
        try (Socket viewer = connect(server, /* encrypted= */ true)) {
            ask(viewer, EncryptedOriginIT.path(server, segment.name()));
            await().until(watched::refCnt, count -> count > owners);
            await().until(watched::refCnt, count -> count == owners);
        } finally {
            watched.release();
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void oneThatReadsNowAndThenIsNot(boolean encrypted) throws IOException {
        OriginServer server = open(Version.HTTP_1_1, encrypted);
        StoredMedia segment = EncryptedOriginIT.oldestSegment(server);
        try (Socket viewer = connect(server, encrypted)) {
            ask(viewer, EncryptedOriginIT.path(server, segment.name()));
            InputStream in = viewer.getInputStream();
            await().pollInterval(PATIENCE.dividedBy(4))
                    .during(PATIENCE.multipliedBy(3))
                    .until(() -> in.readNBytes(SIP_BYTES).length == SIP_BYTES);
            assertThat(in.readNBytes(SIP_BYTES)).hasSize(SIP_BYTES);
        }
        assertThat(slowViewers.closed()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void anHttp2StreamThatGrantsNoWindowIsClosedWithItsConnection(boolean fromDisk) {
        OriginServer server = open(Version.HTTP_2, /* encrypted= */ true);
        StoredMedia segment = EncryptedOriginIT.oldestSegment(server);
        String path = EncryptedOriginIT.path(server, segment.name());
        if (fromDisk) {
            await().until(() -> segment.file().isPresent());
            server.send(Duration.ofSeconds(14));
        }
        CompletableFuture<String> closed = new CompletableFuture<>();
        HttpClientResponse stalled = askAndPause(server, path);
        stalled.request().connection().closeHandler(_ -> closed.complete("closed"));
        assertThat(closed.join()).isEqualTo("closed");
        await().until(slowViewers::closed, count -> count == 1);
        assertThat(server.get(path).body()).hasSize(segment.bytes());
    }

    @Test
    void otherRequestsOfItsHttp2ConnectionGoOn() {
        OriginServer server = open(Version.HTTP_2, /* encrypted= */ true);
        StoredMedia segment = EncryptedOriginIT.oldestSegment(server);
        ByteBuf watched = segment.borrow().orElseThrow();
        int owners = watched.refCnt();
        CompletableFuture<String> reset = new CompletableFuture<>();
        HttpClientResponse stalled = askAndPause(server, EncryptedOriginIT.path(server, segment.name()));
        stalled.exceptionHandler(e -> reset.complete(e.toString()));
        CompletableFuture<Buffer> playlist = ask(server, EncryptedOriginIT.path(server, "media.m3u8?_HLS_msn=3"))
                .compose(HttpClientResponse::body)
                .toCompletionStage()
                .toCompletableFuture();
        await().until(() -> server.streams().waiting() == 1);
        await().until(slowViewers::closed, closed -> closed == 1);
        await().until(watched::refCnt, count -> count == owners);
        server.advance(Duration.ZERO);
        server.send(Duration.ofSeconds(4));
        assertThat(playlist.join().toString()).contains("#EXTINF");
        assertThat(reset.join()).contains("11");
        watched.release();
    }

    private OriginServer open(Version version, boolean encrypted) {
        OriginServer server = new OriginServer(
                directory, PICTURE_BYTES, version, Optional.of(certificate).filter(_ -> encrypted), slowViewers);
        opened = Optional.of(server);
        return server;
    }

    private Socket connect(OriginServer server, boolean encrypted) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        return encrypted
                ? certificate.trust().getSocketFactory().createSocket(socket, "127.0.0.1", server.port(), true)
                : socket;
    }

    private static void ask(Socket viewer, String path) throws IOException {
        viewer.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /// Asks on the one HTTP/2 connection there is, and reads nothing of the answer.
    private HttpClientResponse askAndPause(OriginServer server, String path) {
        return ask(server, path)
                .onSuccess(HttpClientResponse::pause)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private Future<HttpClientResponse> ask(OriginServer server, String path) {
        return client.request(HttpMethod.GET, server.port(), "127.0.0.1", path).compose(HttpClientRequest::send);
    }

    private HttpClientAgent client() {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(certificate.certificatePem())));
        return vertx.createHttpClient(options, new PoolOptions().setHttp2MaxSize(1));
    }
}
