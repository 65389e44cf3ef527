package io.lunarstream.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The listener by itself: starting, path prefixes with handlers of their own, and requests that are not HTTP.
class HttpListenerIT {
    private static final String HOST = "127.0.0.1";

    private final EventLoops loops = EventLoops.open();
    private final SlowViewers slowViewers = new SlowViewers(SlowViewers.PATIENCE);
    private final HttpListener listener =
            HttpListener.open(loops, HttpPort.plain(HOST, 0, loops.count(), "--http-port", slowViewers));

    @AfterEach
    void stop() {
        listener.close();
        loops.close();
    }

    @Test
    void untilItServesItIsUnavailable() throws Exception {
        HttpResponse<String> response = get("/hls/x");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).contains("1");
        assertThat(response.body()).contains("\"code\":\"UNAVAILABLE\"");
    }

    @Test
    void aPrefixHasItsOwnHandlerThatCanAnswerWithTheStandardError() throws Exception {
        Handler<HttpServerRequest> origin = request -> {
            request.response().putHeader("Cache-Control", "max-age=1");
            RawErrors.send(request, ApiError.of(ErrorCode.STREAM_NOT_STARTED));
        };
        Handler<HttpServerRequest> api = request -> request.response().end("api");
        listener.serve(Map.of("/hls/", origin), api);
        HttpResponse<String> response = get("/hls/key/master.m3u8");
        String id = response.headers().firstValue("x-request-id").orElseThrow();
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("cache-control")).contains("max-age=1");
        assertThat(response.body())
                .isEqualTo("{\"statusCode\":404,\"message\":\"Stream has not started\",\"error\":\"Not Found\","
                        + "\"code\":\"STREAM_NOT_STARTED\",\"requestId\":\"" + id + "\"}");
        assertThat(get("/hls").body()).isEqualTo("api");
    }

    @Test
    void whatIsNotHttpIsAnsweredInTheStandardForm() throws IOException {
        listener.serve(Map.of(), request -> request.response().end());
        try (Socket socket = new Socket(InetAddress.ofLiteral(HOST), listener.port())) {
            socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).contains(" 400 Bad Request\r\n", "\"code\":\"BAD_REQUEST\"");
        }
    }

    @Test
    void aPortThatAnotherListenerHasCannotBeOpened() {
        assertThatThrownBy(() ->
                        HttpListener.open(loops, HttpPort.plain(HOST, listener.port(), 1, "--http-port", slowViewers)))
                .isInstanceOf(PortTakenException.class);
    }

    private HttpResponse<String> get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://" + HOST + ":" + listener.port() + path);
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        }
    }
}
