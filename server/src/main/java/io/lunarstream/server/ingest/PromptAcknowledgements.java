package io.lunarstream.server.ingest;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollChannelOption;

/// Acknowledges the first bytes of an encoder as soon as they are read.
///
/// FFmpeg writes a message in many small pieces and leaves Nagle's algorithm on (RFC 9293, section 3.7.4): its kernel
/// holds back a piece until the one before is acknowledged. Ours would wait some 40 ms for an answer that could carry
/// the acknowledgement, and there is none: twice or thrice until a broadcast has begun. The kernel soon falls back
/// into waiting (tcp(7), `TCP_QUICKACK`), so it is told after each read. Elsewhere than on Linux this does nothing.
final class PromptAcknowledgements {
    /// FFmpeg's handshake, commands, metadata and first picture take some forty reads. Later on they would cost more
    /// than they help: a picture is delayed by less than a part.
    private static final int READS = 64;

    private final Channel channel;
    private int left = READS;

    PromptAcknowledgements(Channel channel) {
        this.channel = channel;
    }

    /// Bytes have been read from the socket.
    void read() {
        if (left > 0 && channel.isActive()) {
            left--;
            channel.config().setOption(EpollChannelOption.TCP_QUICKACK, true);
        }
    }
}
