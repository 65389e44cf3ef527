package io.lunarstream.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.server.TestCertificate;
import io.lunarstream.server.config.Settings;
import io.lunarstream.server.transport.CertificateFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one HTTP/2 connection may ask for.
class Http2FloodIT {
    private final TestCertificate certificate = TestCertificate.of("flood");
    private final EventLoops loops = EventLoops.open();
    private final Vertx vertx = Vertx.vertx();

    /// Closes its connections when it becomes garbage.
    private final HttpClientAgent client = vertx.createHttpClient(new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setSsl(true)
            .setUseAlpn(true)
            .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(certificate.certificatePem()))));

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<HttpClientRequest> given = new AtomicReference<>();

    @TempDir
    private Path folder;

    private CertificateFiles files;
    private HttpListener listener;

    @BeforeEach
    void open() {
        certificate.write(folder);
        Settings.Tls tls = new Settings.Tls(
                TestCertificate.certificateIn(folder),
                TestCertificate.keyIn(folder),
                OptionalInt.empty(),
                OptionalInt.empty());
        files = CertificateFiles.open(loops.vertx(), tls, InstantSource.system());
        listener = HttpListener.open(
                loops,
                new HttpPort(
                        "127.0.0.1",
                        0,
                        loops.count(),
                        "--https-port",
                        Optional.of(files),
                        new SlowViewers(SlowViewers.PATIENCE)));
        listener.serve(Map.of(), request -> {
            HttpServerResponse _ = request.response();
            asked.incrementAndGet();
        });
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        listener.close();
        files.close();
        loops.close();
    }

    @Test
    void saysHowManyRequestsItTakesAtATime() {
        HttpClientConnection connection = connect();
        await().until(() -> connection.remoteSettings() != null);
        assertThat(connection.remoteSettings().getMaxConcurrentStreams()).isEqualTo(HttpPort.MAX_CONCURRENT_STREAMS);
    }

    @Test
    void aClientThatGivesUpRequestAfterRequestIsClosed() {
        HttpClientConnection connection = connect();
        CompletableFuture<String> closed = new CompletableFuture<>();
        connection.closeHandler(_ -> closed.complete("closed"));
        for (int i = 0; i < HttpPort.MAX_RESETS - 1; i++) {
            askAndGiveUp(connection, closed);
        }
        assertThat(closed).as("after %d requests", asked.get()).isNotDone();
        while (!closed.isDone() && asked.get() < 2 * HttpPort.MAX_RESETS) {
            askAndGiveUp(connection, closed);
        }
        assertThat(closed.join()).isEqualTo("closed");
        assertThat(asked.get()).isBetween(HttpPort.MAX_RESETS - 1, HttpPort.MAX_RESETS + 10);
    }

    private void askAndGiveUp(HttpClientConnection connection, CompletableFuture<String> closed) {
        int before = asked.get();
        Future<HttpClientResponse> answer = connection
                .request(new RequestOptions().setURI("/"))
                .compose(request -> {
                    given.set(request);
                    return request.send();
                });
        soon().until(() -> asked.get() > before || closed.isDone() || answer.failed());
        Future<Void> reset = given.get().reset();
        soon().until(() -> reset.isComplete() || closed.isDone());
    }

    /// Hundreds of times, and within the window that resets are counted in.
    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    private HttpClientConnection connect() {
        return client.connect(new HttpConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(listener.port())
                        .setSsl(true))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
