package io.lunarstream.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the PROXY protocol header from the beginning of a connection, if it has one, and only then lets the rest of
/// the program know of the connection: by then its peer's address is the real one.
final class ProxyHeaderHandler extends ByteToMessageDecoder {

    /// Longer than any load balancer takes between connecting and its first bytes.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ProxyHeaderHandler.class);

    private final ChannelHandler connection;
    private @Nullable ScheduledFuture<?> patience;

    /// @param connection makes the connection what it is, once its header is known
    ProxyHeaderHandler(ChannelHandler connection) {
        this.connection = connection;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        patience = context.executor().schedule(() -> giveUp(context), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
        switch (ProxyHeaderReader.read(bytes)) {
            case ProxyHeader.NeedMoreBytes _ -> {}
            case ProxyHeader.Absent _ -> begin(context, Optional.empty());
            case ProxyHeader.HeaderRead(Optional<InetSocketAddress> source) -> begin(context, source);
            case ProxyHeader.Malformed(String reason) -> {
                LOG.info(
                        "{}: closed: PROXY protocol header: {}",
                        context.channel().remoteAddress(),
                        reason);
                bytes.skipBytes(bytes.readableBytes());
                giveUp(context);
            }
        }
    }

    private static void giveUp(ChannelHandlerContext context) {
        ChannelFuture _ = context.close();
    }

    /// What has come after the header is handed on when this handler goes.
    private void begin(ChannelHandlerContext context, Optional<InetSocketAddress> source) {
        source.ifPresent(address -> context.channel()
                .attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE)
                .set(SocketAddress.inetSocketAddress(address)));
        context.pipeline().addLast(connection);
        context.pipeline().remove(this);
    }

    /// A connection that breaks before it has begun is of no interest.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("{}: closed: {}", context.channel().remoteAddress(), cause.toString());
        giveUp(context);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        if (patience != null) {
            patience.cancel(false);
        }
    }
}
