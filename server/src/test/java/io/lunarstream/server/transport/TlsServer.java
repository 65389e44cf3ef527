package io.lunarstream.server.transport;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.contract.Exchange;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestCertificate;
import io.lunarstream.server.TestClient;
import io.lunarstream.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/// A server with both TLS ports, whose certificate files the test changes.
final class TlsServer implements AutoCloseable {
    final TestServer server;
    private final Path folder;

    TlsServer(Path folder, TestCertificate certificate) {
        this.folder = folder;
        certificate.write(folder);
        server = TestServer.start(folder.resolve("data"), new MutableClock(), TestCertificate.settings(folder));
    }

    JsonNode credentials() {
        try {
            return Answer.parse(Files.readString(folder.resolve("data").resolve("credentials.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String httpsUrl() {
        return credentials().required("httpsUrl").asText();
    }

    int httpsPort() {
        return URI.create(httpsUrl()).getPort();
    }

    String rtmpsUrl() {
        return credentials().required("rtmpsUrl").asText();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(httpsUrl() + path));
    }

    /// Sends a request over TLS; the test fails if the response is not as `openapi.yaml` says.
    static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        TestClient.CONTRACT.check(Exchange.of(response));
        return response;
    }

    @Override
    public void close() {
        server.close();
    }
}
