package io.lunarstream.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;

/// Whether a socket takes the bytes that wait for it. Lives on the socket's event loop.
final class SocketProgress {
    private final Channel channel;
    private long lastMoveNs = System.nanoTime();
    private int lastMessage;
    private long lastMessageBytes;
    private long lastWaitingBytes;

    SocketProgress(Channel channel) {
        this.channel = channel;
    }

    /// For how long, as far as it was looked at, bytes have been waiting of which none was taken.
    Duration stalledFor() {
        long nowNs = System.nanoTime();
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        if (waiting == null || waiting.isEmpty() || hasMoved(waiting)) {
            lastMoveNs = nowNs;
        }
        return Duration.ofNanos(nowNs - lastMoveNs);
    }

    /// What waits comes in messages, the first of which may be sent in part: a buffer, or a piece of a file.
    private boolean hasMoved(ChannelOutboundBuffer waiting) {
        int message = System.identityHashCode(waiting.current());
        long messageBytes = waiting.currentProgress();
        long waitingBytes = waiting.totalPendingWriteBytes();
        boolean moved = message != lastMessage || messageBytes != lastMessageBytes || waitingBytes < lastWaitingBytes;
        lastMessage = message;
        lastMessageBytes = messageBytes;
        lastWaitingBytes = waitingBytes;
        return moved;
    }
}
