package io.lunarstream.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes connections whose clients have stopped to read while bytes wait for them, so that no memory and no file waits
/// with them for ever. Other connections do not notice, and on an HTTP/2 connection neither do other requests.
///
/// Source: the media plane, section 3.
public final class SlowViewers {

    /// How long a client may take no byte of those that wait for it.
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /// How often a connection is looked at within the patience: it may last a fifth longer than it should.
    private static final int LOOKS = 5;

    /// Bytes that the kernel takes before it has sent those of before. Without a bound it takes megabytes, holds them
    /// for each slow viewer, and tells of no progress before a third of them is gone.
    private static final long KERNEL_UNSENT_BYTES = 256 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(SlowViewers.class);

    private final Duration patience;
    private final LongAdder closed = new LongAdder();

    /// @param patience how long a client may take no byte
    public SlowViewers(Duration patience) {
        this.patience = patience;
    }

    /// How many were closed so far.
    public long closed() {
        return closed.sum();
    }

    /// Watches a connection from its event loop until it is closed.
    void watch(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        Http2ConnectionHandler http2 = channel.pipeline().get(Http2ConnectionHandler.class);
        if (channel.config() instanceof EpollSocketChannelConfig kernel) {
            kernel.setTcpNotSentLowAt(KERNEL_UNSENT_BYTES);
        }
        SocketProgress socket = new SocketProgress(channel);
        Runnable look = http2 == null ? () -> look(channel, socket) : look(channel, socket, new Http2Progress(http2));
        long periodNs = patience.toNanos() / LOOKS;
        ScheduledFuture<?> looks =
                channel.eventLoop().scheduleAtFixedRate(look, periodNs, periodNs, TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(_ -> looks.cancel(false));
    }

    private Runnable look(Channel channel, SocketProgress socket, Http2Progress streams) {
        return () -> {
            look(channel, socket);
            if (channel.isActive()) {
                closed.add(streams.resetStalled(patience));
            }
        };
    }

    private void look(Channel channel, SocketProgress socket) {
        if (socket.stalledFor().compareTo(patience) >= 0) {
            LOG.debug("HTTP {}: closed: reads nothing of what waits for it", channel.remoteAddress());
            closed.increment();
            abort(channel);
        }
    }

    /// Closes past everything that would wait for its turn to be sent; neither does the kernel keep what waits there.
    private static void abort(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        ChannelFuture _ = channel.pipeline().firstContext().close();
    }
}
