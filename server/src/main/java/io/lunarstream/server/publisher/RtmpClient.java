package io.lunarstream.server.publisher;

import io.lunarstream.rtmp.session.PublishTarget;
import io.lunarstream.server.http.EventLoops;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Opens publishers, each on an event loop, in turns. Safe to call from any thread.
public final class RtmpClient implements AutoCloseable {
    /// A server that has not answered by then is not there, or not to be published to.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final VertxInternal vertx;
    private final NetClient net;
    private final ClientSSLOptions tls;
    private final RandomGenerator random = new SecureRandom();

    /// A client that trusts those whom the JDK trusts.
    public RtmpClient(EventLoops loops) {
        this(loops, Optional.empty());
    }

    /// @param trusted PEM file of certificates that are trusted instead of the JDK's
    RtmpClient(EventLoops loops, Optional<Path> trusted) {
        vertx = (VertxInternal) loops.vertx();
        net = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true));
        tls = new ClientSSLOptions()
                .setHostnameVerificationAlgorithm("HTTPS")
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(CONNECT_TIMEOUT.toMillis());
        trusted.ifPresent(file -> tls.setTrustOptions(
                new PemTrustOptions().addCertPath(file.toAbsolutePath().toString())));
    }

    /// Connects and publishes.
    ///
    /// @param target where to; with TLS, the server must prove that it is the host
    /// @param tags what, closed at the end
    public RtmpPublisher publish(PublishTarget target, TagLoop tags) {
        ContextInternal context = vertx.createEventLoopContext();
        RtmpPublisher publisher =
                new RtmpPublisher(target, tags, random, context.nettyEventLoop(), new Pacer(System::nanoTime));
        context.runOnContext(
                _ -> net.connect(options(target)).onComplete(publisher::connected, publisher::notConnected));
        return publisher;
    }

    private ConnectOptions options(PublishTarget target) {
        ConnectOptions options = new ConnectOptions()
                .setHost(unbracketed(target.host()))
                .setPort(target.port())
                .setSsl(target.secure());
        return target.secure() ? options.setSslOptions(tls) : options;
    }

    /// An IPv6 address without the brackets that it has in URLs.
    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// Closes every connection, without goodbyes.
    @Override
    public void close() {
        net.close();
    }
}
