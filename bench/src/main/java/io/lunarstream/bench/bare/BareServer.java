package io.lunarstream.bench.bare;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Answers every request on loopback with the bytes of a file, from memory, with as many event loops as our server
/// has.
///
/// ```
/// BareServer FILE PORT
/// ```
public final class BareServer {
    private BareServer() {}

    /// Starts it.
    ///
    /// @param args see [BareServer]
    public static void main(String... args) throws IOException {
        Buffer body = Buffer.buffer(Files.readAllBytes(Path.of(args[0])));
        int port = Integer.parseInt(args[1]);
        int cores = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(cores))
                .withTransport(transport())
                .build();
        vertx.deployVerticle(() -> new Answers(body, port), new DeploymentOptions().setInstances(cores))
                .await();
    }

    private static Transport transport() {
        Transport nativeTransport = Transport.nativeTransport();
        return nativeTransport != null && nativeTransport.available() ? nativeTransport : Transport.NIO;
    }

    /// One event loop's.
    private static final class Answers extends VerticleBase {
        private final Buffer body;
        private final int port;

        Answers(Buffer body, int port) {
            this.body = body;
            this.port = port;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer()
                    .requestHandler(request -> request.response()
                            .putHeader("content-type", "application/json")
                            .end(body))
                    .listen(port, "127.0.0.1");
        }
    }
}
