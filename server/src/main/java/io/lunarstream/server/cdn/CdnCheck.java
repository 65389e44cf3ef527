package io.lunarstream.server.cdn;

import io.lunarstream.server.origin.ProbeObject;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;

/// Looks at the origin through a CDN, as a viewer does, and says in words what is wrong.
///
/// It asks for an object that nobody has asked for before, so that the CDN must ask the origin, and then for the same
/// with another `_HLS_msn`. Redirects are never followed: they could lead anywhere, also into a private network.
final class CdnCheck implements AutoCloseable {
    /// A CDN that is there accepts within this even from another continent.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /// From the first byte sent to the last one read. A viewer would have run out of pictures.
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    /// More than what the origin sends; error pages are not read to their ends.
    private static final int MAX_ANSWER_BYTES = 256;

    private static final int NONCE_BYTES = 16;
    private static final int OK = 200;
    private static final int REDIRECTS = 3;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Thread::startVirtualThread)
            .build();
    private final RandomGenerator random;

    /// What a check has found.
    sealed interface Finding {
        /// The CDN gives what the origin sends.
        ///
        /// @param latency from question to answer, with the CDN's own question to the origin
        record Works(Duration latency) implements Finding {}

        /// It does not.
        ///
        /// @param why in words, for operators
        record Fails(String why) implements Finding {}
    }

    /// @param random makes the names of what is asked for
    CdnCheck(RandomGenerator random) {
        this.random = random;
    }

    /// Blocks until the answer is there, for 20 s at the longest.
    ///
    /// @param url the CDN's address of the origin's `/hls`
    Finding look(String url) throws InterruptedException {
        String nonce = nonce();
        long startNs = System.nanoTime();
        Optional<String> fault = fault(url, ProbeObject.of(nonce, 1), "");
        Duration latency = Duration.ofNanos(System.nanoTime() - startNs);
        if (fault.isEmpty()) {
            fault = fault(
                    url, ProbeObject.of(nonce, 2), ProbeObject.of(nonce, 1).text());
        }
        return fault.<Finding>map(Finding.Fails::new).orElseGet(() -> new Finding.Works(latency));
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// What is wrong with the answer to a question; empty if it is the origin's.
    ///
    /// @param before what was answered to the question with another query
    private Optional<String> fault(String url, ProbeObject probe, String before) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + probe.address()))
                .header("User-Agent", "lunar-stream-cdn-check")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, _ -> new FirstBytes(MAX_ANSWER_BYTES));
        try {
            return fault(probe, before, answer.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return Optional.of(why(Optional.ofNullable(e.getCause()).orElse(e)));
        } catch (TimeoutException e) {
            return Optional.of("no answer within " + ANSWER_TIMEOUT.toSeconds() + " s");
        } finally {
            answer.cancel(true);
        }
    }

    private static Optional<String> fault(ProbeObject probe, String before, HttpResponse<byte[]> answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.statusCode() / 100 == REDIRECTS) {
            return Optional.of("answered " + answer.statusCode() + ": redirects are not followed");
        }
        if (answer.statusCode() != OK) {
            return Optional.of("answered " + answer.statusCode());
        }
        if (text.equals(before)) {
            return Optional.of("its cache key leaves out the query: _HLS_msn must be a part of it");
        }
        if (text.equals(new ProbeObject(probe.nonce(), Optional.empty()).text())) {
            return Optional.of("does not hand the query on: _HLS_msn must reach the origin");
        }
        if (!text.equals(probe.text())) {
            return Optional.of("answered 200, but not what this server sends: does it lead here?");
        }
        if (!answer.headers()
                .firstValue("Access-Control-Allow-Origin")
                .orElse("")
                .equals("*")) {
            return Optional.of("takes the header Access-Control-Allow-Origin away: players on other sites need it");
        }
        return Optional.empty();
    }

    private static String why(Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection within " + CONNECT_TIMEOUT.toSeconds() + " s";
        }
        if (failure.getCause() instanceof UnresolvedAddressException) {
            return "its host name is unknown";
        }
        if (failure instanceof ConnectException) {
            return "connection refused";
        }
        if (failure instanceof SSLException) {
            return "TLS failed: " + failure.getMessage();
        }
        return "the connection broke: " + failure.getMessage();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
