package io.lunarstream.bench.fault;

import io.lunarstream.bench.peer.LunarApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Requests of a partner whose bodies are as long as they may be, and never quite end: the server keeps each.
final class HeapEater implements AutoCloseable {

    /// The longest body that the API takes. Source: Partner API, section 2.
    private static final int BODY_BYTES = 64 * 1024;

    private static final int CONNECTIONS = 2_000;

    private final int port;
    private final LunarApi api;
    private final List<Socket> sockets = new ArrayList<>();
    private final Thread thread;
    private volatile boolean over;

    HeapEater(TestedServer server) {
        this.port = server.ports().http();
        this.api = server.api();
        this.thread = Thread.ofVirtual().name("heap-eater").start(this::run);
    }

    private void run() {
        byte[] head = """
            POST /api/v1/livestream HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/json\r
            Content-Length: %d\r
            ls-api-key: %s\r
            \r
            """.formatted(BODY_BYTES, api.apiKey()).getBytes(StandardCharsets.US_ASCII);
        byte[] body = "{".repeat(BODY_BYTES - 1).getBytes(StandardCharsets.US_ASCII);
        while (!over && sockets.size() < CONNECTIONS) {
            try {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(socket);
                socket.getOutputStream().write(head);
                socket.getOutputStream().write(body);
            } catch (IOException _) {
                rest();
            }
        }
    }

    private void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            over = true;
        }
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
        for (Socket socket : List.copyOf(sockets)) {
            try {
                socket.close();
            } catch (IOException _) {
                over = true;
            }
        }
    }
}
