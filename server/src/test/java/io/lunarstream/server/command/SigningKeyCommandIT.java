package io.lunarstream.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lunarstream.server.MutableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `signing-key rotate` asks of the API, whose side is played here.
class SigningKeyCommandIT {
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final HttpServer api;
    private final Shell shell;

    SigningKeyCommandIT(@TempDir Path folder) throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/auth/login", "{\"accessToken\":\"a\",\"refreshToken\":\"r\",\"expiresIn\":900}");
        answer("/admin/signing-keys/rotate", "{\"keyId\":\"aa8563b8\",\"retired\":[]}");
        api.start();
        shell = new Shell(folder, new MutableClock()).knowing("password");
        shell.ok("login", "--url", "http://127.0.0.1:" + api.getAddress().getPort(), "--email=a@b");
        bodies.clear();
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    private void answer(String path, String data) {
        api.createContext("/api/v1" + path, exchange -> answer(exchange, data));
    }

    private void answer(HttpExchange exchange, String data) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = ("{\"data\":" + data + ",\"meta\":{}}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void olderTokensStayGoodUnlessTheyAreRefusedAtOnce() {
        assertThat(shell.ok("signing-key", "rotate").out()).contains("older tokens stay good until they expire");
        assertThat(shell.ok("signing-key", "rotate", "--retire-now").out()).contains("older tokens are refused");
        assertThat(bodies).containsExactly("{\"retireNow\":false}", "{\"retireNow\":true}");
        assertThat(shell.ok("signing-key", "rotate", "--json")
                        .json()
                        .required("keyId")
                        .asText())
                .isEqualTo("aa8563b8");
    }
}
