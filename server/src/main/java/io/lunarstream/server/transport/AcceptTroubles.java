package io.lunarstream.server.transport;

import io.lunarstream.server.logging.RareLine;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says when new connections cannot be taken, because no file descriptor is left; one event loop's share of a port.
///
/// Netty tries again each second, and the kernel keeps who comes meanwhile. Each try would be a line of the log.
final class AcceptTroubles extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptTroubles.class);

    private final RareLine line = new RareLine();

    /// Stands at the end of a listening socket's pipeline, behind Netty's own that pauses it.
    static ChannelInboundHandlerAdapter whenActive() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                context.pipeline().addLast(new AcceptTroubles());
                context.fireChannelActive();
            }
        };
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (line.happened() > 0) {
            LOG.error(
                    "{}: connections cannot be taken; those there are go on: {} (files are limited by ulimit -n)",
                    context.channel().localAddress(),
                    cause.getMessage());
        }
    }
}
