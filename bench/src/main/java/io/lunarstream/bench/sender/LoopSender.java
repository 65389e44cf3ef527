package io.lunarstream.bench.sender;

import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.chunk.MessageType;
import io.lunarstream.rtmp.session.ClientEvent;
import io.lunarstream.rtmp.session.PublishClient;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection that publishes a recorded loop in real time. What is due is sent in one piece every few
/// milliseconds; what the server does not take waits, and is sent once it does.
final class LoopSender extends ChannelInboundHandlerAdapter {

    /// How often what is due is sent: about every picture.
    private static final long TICK_MS = 40;

    private final PublishClient client;
    private final RecordedLoop loop;
    private final SenderCounts counts;
    private @Nullable ScheduledFuture<?> ticks;
    private long connectedNs;
    private long startNs;
    private long rounds;
    private int next;
    private boolean over;

    LoopSender(PublishClient client, RecordedLoop loop, SenderCounts counts) {
        this.client = client;
        this.loop = loop;
        this.counts = counts;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connectedNs = System.nanoTime();
        flushOutput(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            ClientEvent event;
            do {
                event = client.read(bytes);
                switch (event) {
                    case ClientEvent.PublishAccepted _ -> begin(context);
                    case ClientEvent.PublishRefused _ -> {
                        over = true;
                        counts.refused();
                        ChannelFuture _ = context.close();
                        return;
                    }
                    case ClientEvent.NeedMoreBytes _ -> {}
                }
            } while (!(event instanceof ClientEvent.NeedMoreBytes));
            flushOutput(context);
        } catch (RtmpException _) {
            ChannelFuture _ = context.close();
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (ticks != null) {
            ticks.cancel(false);
        }
        if (!over) {
            over = true;
            counts.lost(ticks != null);
        }
        client.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture _ = context.close();
    }

    private void begin(ChannelHandlerContext context) {
        ByteBuf out = context.alloc().directBuffer();
        for (FlvTag tag : loop.configurations()) {
            client.writeMedia(MessageType.of(tag.type().id()), tag.timestampMs(), tag.body(), out);
        }
        ChannelFuture _ = context.writeAndFlush(out, context.voidPromise());
        startNs = System.nanoTime();
        counts.accepted(TimeUnit.NANOSECONDS.toMillis(startNs - connectedNs), System.currentTimeMillis());
        ticks = context.executor().scheduleAtFixedRate(() -> tick(context), 0, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private void tick(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) {
            return;
        }
        long elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        counts.late(elapsedMs - rounds * loop.lengthMs() - lastSentMs());
        while (elapsedMs >= (rounds + 1) * loop.lengthMs()) {
            send(context, loop.messages());
            rounds++;
            next = 0;
        }
        send(context, loop.due(elapsedMs - rounds * loop.lengthMs()));
        context.flush();
    }

    /// Until when everything has been sent, in milliseconds of the round.
    private long lastSentMs() {
        return next == 0 ? 0 : loop.timeMs(next - 1);
    }

    private void send(ChannelHandlerContext context, int to) {
        if (to > next) {
            ChannelFuture _ = context.write(loop.bytes(next, to), context.voidPromise());
            next = to;
        }
    }

    private void flushOutput(ChannelHandlerContext context) {
        if (client.hasOutput()) {
            ByteBuf out = context.alloc().directBuffer();
            client.writeOutput(out);
            ChannelFuture _ = context.writeAndFlush(out, context.voidPromise());
        }
    }
}
