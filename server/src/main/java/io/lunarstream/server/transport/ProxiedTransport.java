package io.lunarstream.server.transport;

import io.lunarstream.server.config.AddressRange;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// The operating system's sockets, on whose ports trusted proxies may say first whom they speak for.
///
/// Vert.x itself takes PROXY protocol headers from everybody or from nobody. Here they are taken below TLS, RTMP and
/// HTTP alike, and from trusted addresses only; from all others they are bytes like any other.
public final class ProxiedTransport implements Transport {
    private final Transport sockets;
    private final List<AddressRange> trustedProxies;

    private ProxiedTransport(Transport sockets, List<AddressRange> trustedProxies) {
        this.sockets = sockets;
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /// A transport to build Vert.x with.
    ///
    /// @param sockets how sockets are otherwise
    public static io.vertx.core.transport.Transport of(
            io.vertx.core.transport.Transport sockets, List<AddressRange> trustedProxies) {
        return new Named(sockets, new ProxiedTransport(sockets.implementation(), trustedProxies));
    }

    private record Named(io.vertx.core.transport.Transport sockets, Transport implementation)
            implements io.vertx.core.transport.Transport {
        @Override
        public String name() {
            return sockets.name();
        }

        @Override
        public boolean available() {
            return sockets.available();
        }

        @Override
        public @Nullable Throwable unavailabilityCause() {
            return sockets.unavailabilityCause();
        }
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        sockets.configure(options, domainSocket, bootstrap);
        bootstrap.handler(AcceptTroubles.whenActive());
        ChannelHandler connection = bootstrap.config().childHandler();
        bootstrap.childHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(isTrusted(channel) ? new ProxyHeaderHandler(connection) : connection);
            }
        });
    }

    private boolean isTrusted(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress peer
                && trustedProxies.stream().anyMatch(range -> range.contains(peer.getAddress()));
    }

    @Override
    public boolean supportsDomainSockets() {
        return sockets.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return sockets.supportFileRegion();
    }

    @Override
    public boolean isAvailable() {
        return sockets.isAvailable();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return sockets.unavailabilityCause();
    }

    @Override
    public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
        return sockets.convert(address);
    }

    @Override
    public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
        return sockets.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return sockets.ioHandlerFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory threadFactory, int ioRatio) {
        return sockets.eventLoopGroup(type, threads, threadFactory, ioRatio);
    }

    @Override
    public DatagramChannel datagramChannel() {
        return sockets.datagramChannel();
    }

    @Override
    @SuppressWarnings("deprecation") // of the interface's own
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return sockets.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return sockets.channelFactory(domainSocket);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return sockets.serverChannelFactory(domainSocket);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        sockets.configure(channel, options);
    }

    @Override
    public void configure(ClientOptionsBase options, int connectTimeout, boolean domainSocket, Bootstrap bootstrap) {
        sockets.configure(options, connectTimeout, domainSocket, bootstrap);
    }
}
