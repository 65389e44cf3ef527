package io.lunarstream.server.mediaserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Addresses of media servers are handed on to encoders and viewers. The program itself goes to none of them, so that
/// nobody can send it to what only it can reach.
class ForeignAddressesIT {
    @Test
    void theProgramNeverConnectsToTheAddressesOfAMediaServer(@TempDir Path folder) throws IOException {
        try (ServerSocket inner = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                TestServer server = TestServer.start(folder)) {
            String address = "127.0.0.1:" + inner.getLocalPort();
            JsonNode foreign = server.adminPost("/admin/media-servers", """
                            {"name":"inner","region":"r","kind":"srs","rtmpServer":"rtmp://%s/live",
                             "hlsBaseUrl":"http://%s/hls","maxStreams":5}""".formatted(address, address))
                    .data();
            Answer created = server.post(
                    "/livestream",
                    server.createBody("a", "")
                            .replace(
                                    server.mediaServerId(),
                                    foreign.required("id").asText()));
            assertThat(created.status()).isEqualTo(201);
            assertThat(created.response().body()).contains(address);
            server.get("/media-servers/available");
            server.get("/livestream");
            server.management("/metrics");
            server.send(server.request(
                    "//player/" + created.data().required("streamKey").asText()));

            inner.setSoTimeout(200);
            assertThatThrownBy(inner::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
