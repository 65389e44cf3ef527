package io.lunarstream.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lunarstream.server.player.PlayerAssets;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// A partner's web site: the guide's player and page, hls.js from its own bundle, and its word on where to play.
final class PartnerSite implements AutoCloseable {
    private static final String HLS_JS = "/vendor/hls.mjs";
    private static final String BUNDLE =
            "<script type=\"importmap\">{\"imports\": {\"hls.js\": \"" + HLS_JS + "\"}}</script>";

    private final HttpServer server;

    private PartnerSite(HttpServer server) {
        this.server = server;
    }

    /// @param streamInfo the address that the guide's page asks for sources; here, the site itself answers
    static PartnerSite start(Guide guide, String streamInfo, URI... sources) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        PartnerSite site = new PartnerSite(server);
        String page = guide.only(Guide.Kind.PAGE).replace(streamInfo, "/stream-info");
        site.serve("/", "text/html", ("<!doctype html>" + BUNDLE + page).getBytes(UTF_8));
        site.serve(
                "/player.js", "text/javascript", guide.only(Guide.Kind.PLAYER).getBytes(UTF_8));
        site.serve(HLS_JS, "text/javascript", hlsJs());
        site.serve("/stream-info", "application/json", streamInfo(sources).getBytes(UTF_8));
        server.start();
        return site;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /// Puts one more page on the site.
    ///
    /// @return its address
    String addPage(String html) {
        serve("/more", "text/html", ("<!doctype html>" + html).getBytes(UTF_8));
        return address() + "more";
    }

    private static String streamInfo(URI... sources) {
        return Arrays.stream(sources)
                .map(source -> "{\"name\": \"" + source.getAuthority() + "\", \"url\": \"" + source + "\"}")
                .collect(Collectors.joining(", ", "{\"data\": {\"hlsSources\": [", "]}}"));
    }

    private static byte[] hlsJs() throws IOException {
        try (InputStream file = PlayerAssets.class.getResourceAsStream("assets/hls.min.mjs")) {
            return Objects.requireNonNull(file, "hls.js is not in the program").readAllBytes();
        }
    }

    private void serve(String path, String type, byte[] body) {
        server.createContext(path, exchange -> send(exchange, type, body));
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("content-type", type + "; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
