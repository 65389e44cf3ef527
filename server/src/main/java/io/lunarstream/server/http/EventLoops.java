package io.lunarstream.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The event loops that all sockets live on, one per core.
///
/// @param vertx what they are made with
/// @param count how many there are
public record EventLoops(Vertx vertx, int count) implements AutoCloseable {
    private static final int CLOSE_SECONDS = 3;

    /// Starts them on the kernel's own transport where there is one.
    public static EventLoops open() {
        int cores = Runtime.getRuntime().availableProcessors();
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(cores)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
        VertxBuilder builder = Vertx.builder().with(options);
        Transport nativeTransport = Transport.nativeTransport();
        if (nativeTransport != null && nativeTransport.available()) {
            builder.withTransport(nativeTransport);
        }
        return new EventLoops(builder.build(), cores);
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
