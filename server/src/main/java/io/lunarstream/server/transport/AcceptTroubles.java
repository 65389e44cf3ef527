package io.lunarstream.server.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says when new connections cannot be taken, because no file descriptor is left; one event loop's share of a port.
///
/// Netty tries again each second, and the kernel keeps who comes meanwhile. Each try would be a line of the log.
final class AcceptTroubles extends ChannelInboundHandlerAdapter {

    /// Often enough to see that it goes on.
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(AcceptTroubles.class);

    private boolean told;
    private long toldNs;

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
        long nowNs = System.nanoTime();
        if (!told || nowNs - toldNs >= BETWEEN_LINES.toNanos()) {
            told = true;
            toldNs = nowNs;
            LOG.error(
                    "{}: connections cannot be taken; those there are go on: {} (files are limited by ulimit -n)",
                    context.channel().localAddress(),
                    cause.getMessage());
        }
    }
}
