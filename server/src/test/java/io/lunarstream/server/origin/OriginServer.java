package io.lunarstream.server.origin;

import io.lunarstream.contract.Exchange;
import io.lunarstream.server.TestCertificate;
import io.lunarstream.server.TestClient;
import io.lunarstream.server.config.AddressRange;
import io.lunarstream.server.config.Settings;
import io.lunarstream.server.http.ClientAddresses;
import io.lunarstream.server.http.EventLoops;
import io.lunarstream.server.http.HttpListener;
import io.lunarstream.server.http.HttpPort;
import io.lunarstream.server.http.SlowViewers;
import io.lunarstream.server.live.Encoder;
import io.lunarstream.server.live.LiveBench;
import io.lunarstream.server.live.LiveSettings;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.MediaFiles;
import io.lunarstream.server.live.StreamAbsence;
import io.lunarstream.server.transport.CertificateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;

/// The origin on a real port, fed by an encoder whose time the test lets pass.
final class OriginServer implements AutoCloseable {
    static final String LIVE = LiveBench.KEY;
    static final String WAITING = "11111111111111111111111111111111";
    static final String OVER = "22222222222222222222222222222222";
    static final String BROKEN = "33333333333333333333333333333333";

    private final Optional<TestCertificate> certificate;
    private final SlowViewers slowViewers;
    private final HttpClient client;
    private final EventLoops loops = EventLoops.open();
    private final Optional<CertificateFiles> certificateFiles;
    private final MediaFiles files;
    private final LiveBench bench;
    private final OriginTraffic traffic = new OriginTraffic();
    private final HttpListener listener;
    private final Encoder encoder;

    /// The origin without TLS.
    ///
    /// @param pictureBytes size of each picture that the encoder sends
    OriginServer(Path directory, int pictureBytes) {
        this(directory, pictureBytes, Version.HTTP_1_1, Optional.empty(), new SlowViewers(SlowViewers.PATIENCE));
    }

    /// The origin without TLS, with two encodings of the picture and two sounds.
    static OriginServer multitrack(Path directory) {
        SlowViewers slowViewers = new SlowViewers(SlowViewers.PATIENCE);
        return new OriginServer(directory, 1_000, 2, Version.HTTP_1_1, Optional.empty(), slowViewers);
    }

    /// @param pictureBytes size of each picture that the encoder sends
    /// @param version what the client asks for
    /// @param certificate whose presence makes it an origin with TLS
    OriginServer(
            Path directory,
            int pictureBytes,
            Version version,
            Optional<TestCertificate> certificate,
            SlowViewers slowViewers) {
        this(directory, pictureBytes, /* tracksOfEachKind= */ 1, version, certificate, slowViewers);
    }

    private OriginServer(
            Path directory,
            int pictureBytes,
            int tracksOfEachKind,
            Version version,
            Optional<TestCertificate> certificate,
            SlowViewers slowViewers) {
        this.certificate = certificate;
        this.slowViewers = slowViewers;
        HttpClient.Builder clients = HttpClient.newBuilder().version(version);
        client = certificate
                .map(known -> clients.sslContext(known.trust()))
                .orElse(clients)
                .build();
        certificateFiles = certificate.map(known -> certificateFiles(known, directory));
        files = LiveBench.promptFiles(directory);
        bench = new LiveBench(LiveSettings.Takeover.REPLACE, 10, files);
        listener = HttpListener.open(
                loops, new HttpPort("127.0.0.1", 0, loops.count(), "--http-port", certificateFiles, slowViewers));
        HlsOrigin origin = new HlsOrigin(
                bench.streams(),
                OriginServer::absence,
                new ClientAddresses(List.of(AddressRange.parse("127.0.0.1"))),
                traffic);
        listener.serve(
                origin.byPrefix(),
                request -> request.response().setStatusCode(404).end("not the origin"));
        encoder = bench.encoder(pictureBytes, tracksOfEachKind);
        send(Duration.ofSeconds(5));
    }

    private CertificateFiles certificateFiles(TestCertificate certificate, Path folder) {
        try {
            Path made = Files.createDirectories(folder.resolve("tls"));
            certificate.write(made);
            return CertificateFiles.open(
                    loops.vertx(),
                    new Settings.Tls(
                            TestCertificate.certificateIn(made),
                            TestCertificate.keyIn(made),
                            OptionalInt.empty(),
                            OptionalInt.empty()),
                    InstantSource.system());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SlowViewers slowViewers() {
        return slowViewers;
    }

    int port() {
        return listener.port();
    }

    LiveStreams streams() {
        return bench.streams();
    }

    OriginTraffic traffic() {
        return traffic;
    }

    /// Has the encoder send more.
    void send(Duration length) {
        encoder.send(length);
    }

    void advance(Duration duration) {
        bench.time().advance(duration);
    }

    void end() {
        bench.end();
    }

    /// The encoder's connection breaks.
    void loseEncoder() {
        bench.loseEncoder();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create((certificate.isPresent() ? "https" : "http") + "://127.0.0.1:" + port() + path));
    }

    HttpResponse<byte[]> get(String path) {
        return send(request(path));
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return asDocumented(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<byte[]> asDocumented(HttpResponse<byte[]> response) {
        TestClient.CONTRACT.check(Exchange.of(response, new String(response.body(), StandardCharsets.UTF_8)));
        return response;
    }

    /// Sends a request whose answer is to come later, and returns once the server has it waiting.
    CompletableFuture<HttpResponse<byte[]>> sendAndWait(HttpRequest.Builder request) {
        int before = streams().waiting();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), BodyHandlers.ofByteArray()).thenApply(OriginServer::asDocumented);
        Awaitility.await().until(() -> streams().waiting() > before || answer.isDone());
        advance(Duration.ZERO);
        return answer;
    }

    private static CompletionStage<StreamAbsence> absence(String streamKey) {
        return switch (streamKey) {
            case WAITING -> CompletableFuture.completedStage(StreamAbsence.NOT_STARTED);
            case OVER, LIVE -> CompletableFuture.completedStage(StreamAbsence.ENDED);
            case BROKEN -> CompletableFuture.failedStage(new IllegalStateException("no database"));
            default -> CompletableFuture.completedStage(StreamAbsence.NOT_FOUND);
        };
    }

    /// Nothing that was lent to a viewer may be left.
    @Override
    public void close() {
        client.close();
        listener.close();
        certificateFiles.ifPresent(CertificateFiles::close);
        files.close();
        bench.close();
        loops.close();
    }
}
