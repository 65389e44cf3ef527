package io.lunarstream.server.http;

import io.lunarstream.server.config.AddressRange;
import io.lunarstream.server.transport.ProxiedTransport;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The event loops that all sockets live on, one per core.
///
/// @param vertx what they are made with
/// @param count how many there are
public record EventLoops(Vertx vertx, int count) implements AutoCloseable {
    private static final int CLOSE_SECONDS = 3;

    /// Starts them for connections to other machines, and for ports that no proxy stands before.
    public static EventLoops open() {
        return open(List.of());
    }

    /// Starts them on the kernel's own transport where there is one.
    ///
    /// @param trustedProxies whose PROXY protocol headers are believed, on every port
    public static EventLoops open(List<AddressRange> trustedProxies) {
        int cores = Runtime.getRuntime().availableProcessors();
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(cores)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
        Vertx vertx = Vertx.builder()
                .with(options)
                .withTransport(ProxiedTransport.of(sockets(), trustedProxies))
                .build();
        vertx.exceptionHandler(UnhandledErrors::report);
        return new EventLoops(vertx, cores);
    }

    private static Transport sockets() {
        Transport nativeTransport = Transport.nativeTransport();
        return nativeTransport != null && nativeTransport.available() ? nativeTransport : Transport.NIO;
    }

    /// One of them, for what no socket has brought; each in turn.
    public ScheduledExecutorService next() {
        return ((VertxInternal) vertx).eventLoopGroup().next();
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
