package io.lunarstream.server.publisher;

import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.chunk.MessageType;
import io.lunarstream.rtmp.session.ClientEvent;
import io.lunarstream.rtmp.session.PublishClient;
import io.lunarstream.rtmp.session.PublishTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One connection that publishes: gives the socket's bytes to a [PublishClient], and sends tags when they are due.
///
/// Lives on one event loop. When the server takes bytes more slowly than they are due, it waits, and then sends what
/// has become due meanwhile as fast as the server takes it.
public final class RtmpPublisher {

    /// Handshake, connect and publish together may take this long; so may a server that takes no bytes.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// How long the server may take to read the goodbye and to close.
    private static final Duration GOODBYE_PATIENCE = Duration.ofSeconds(1);

    /// Room for chunk headers: one of a full message, and one byte for every 64 KiB.
    private static final int CHUNK_HEADER_BYTES = 160;

    private enum State {
        CONNECTING,
        PUBLISHING,
        LEAVING,
        ENDED
    }

    private final PublishTarget target;
    private final PublishClient client;
    private final TagLoop tags;
    private final EventLoop loop;
    private final Pacer pacer;
    private final CompletableFuture<Boolean> accepted = new CompletableFuture<>();
    private final CompletableFuture<PublishEnd> ended = new CompletableFuture<>();

    private State state = State.CONNECTING;
    private boolean blocked;
    private @Nullable NetSocketInternal socket;
    /// The tag to be sent next.
    private Optional<FlvTag> waiting = Optional.empty();

    private @Nullable ScheduledFuture<?> alarm;
    private @Nullable ScheduledFuture<?> patience;

    RtmpPublisher(PublishTarget target, TagLoop tags, RandomGenerator random, EventLoop loop, Pacer pacer) {
        this.target = target;
        this.client = new PublishClient(target, random, PooledByteBufAllocator.DEFAULT);
        this.tags = tags;
        this.loop = loop;
        this.pacer = pacer;
    }

    /// Completes when it is known whether the server lets the publisher in: with true when it does.
    public CompletionStage<Boolean> accepted() {
        return accepted.minimalCompletionStage();
    }

    /// Completes when the publisher has ended, normally in every case.
    public CompletionStage<PublishEnd> ended() {
        return ended.minimalCompletionStage();
    }

    /// Says goodbye to the server and ends. From any thread; does nothing more once it has ended.
    public void stop() {
        try {
            loop.execute(this::leave);
        } catch (RejectedExecutionException _) {
            // The event loops are gone, and the connection with them.
        }
    }

    void connected(NetSocket connected) {
        if (state == State.ENDED) {
            connected.close();
            return;
        }
        NetSocketInternal socket = (NetSocketInternal) connected;
        this.socket = socket;
        socket.messageHandler(message -> {
            if (message instanceof ByteBuf bytes) {
                received(bytes);
            } else {
                ReferenceCountUtil.release(message);
            }
        });
        socket.exceptionHandler(e -> end(new PublishEnd.ConnectionLost(reason(e))));
        socket.drainHandler(_ -> drained());
        socket.closeHandler(_ -> closed());
        expect("the server did not answer within 10 s", PATIENCE);
        flush(socket);
    }

    void notConnected(Throwable e) {
        end(new PublishEnd.NotConnected(target.host() + ":" + target.port() + ": " + reason(e)));
    }

    private void received(ByteBuf bytes) {
        try {
            ClientEvent event;
            do {
                if (state == State.ENDED) {
                    return;
                }
                event = client.read(bytes);
                handle(event);
            } while (!(event instanceof ClientEvent.NeedMoreBytes));
            if (state != State.ENDED && socket != null) {
                flush(socket);
            }
        } catch (RtmpException e) {
            end(new PublishEnd.ConnectionLost("the server broke the protocol: " + e.getMessage()));
        } finally {
            bytes.release();
        }
    }

    private void handle(ClientEvent event) {
        switch (event) {
            case ClientEvent.NeedMoreBytes _ -> {}
            case ClientEvent.PublishAccepted _ -> {
                stopWaiting();
                if (state == State.CONNECTING) {
                    state = State.PUBLISHING;
                    accepted.complete(true);
                    sendDue();
                }
            }
            case ClientEvent.PublishRefused refused -> end(ServerWords.refusal(refused, target));
        }
    }

    /// Sends every tag that is due, and comes back when the next one is.
    private void sendDue() {
        try {
            while (state == State.PUBLISHING && socket != null) {
                if (socket.writeQueueFull()) {
                    blocked = true;
                    expect("the server has taken no bytes for 10 s", PATIENCE);
                    return;
                }
                Optional<FlvTag> tag = waiting.isPresent() ? waiting : tags.next();
                if (tag.isEmpty()) {
                    leave();
                    return;
                }
                waiting = tag;
                long delayNs = pacer.nanosUntil(tag.get().timestampMs());
                if (delayNs > 0) {
                    alarm = loop.schedule(this::sendDue, delayNs, TimeUnit.NANOSECONDS);
                    return;
                }
                waiting = Optional.empty();
                send(tag.get(), socket);
            }
        } catch (IOException | FlvException e) {
            end(new PublishEnd.SourceFailed(reason(e)));
        }
    }

    private void send(FlvTag tag, NetSocketInternal socket) {
        ByteBuf body = tag.body();
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(body.readableBytes() + CHUNK_HEADER_BYTES);
        switch (tag.type()) {
            case SCRIPT_DATA -> client.writeMetadata(body, out);
            case AUDIO -> client.writeMedia(MessageType.AUDIO, tag.timestampMs(), body, out);
            case VIDEO -> client.writeMedia(MessageType.VIDEO, tag.timestampMs(), body, out);
        }
        socket.writeMessage(out);
    }

    private void drained() {
        if (blocked) {
            blocked = false;
            stopWaiting();
            sendDue();
        }
    }

    private void leave() {
        if (state == State.PUBLISHING && socket != null) {
            state = State.LEAVING;
            expect("the server did not take the goodbye", GOODBYE_PATIENCE);
            ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer();
            client.writeGoodbye(out);
            NetSocketInternal leaving = socket;
            leaving.writeMessage(out).onSuccess(_ -> finishSending(leaving));
        } else if (state == State.CONNECTING) {
            end(new PublishEnd.Finished());
        }
    }

    /// Closes our direction only. To close both, with bytes of the server unread, would make the kernel throw away
    /// what the server has not read yet: the goodbye.
    private static void finishSending(NetSocketInternal socket) {
        if (socket.channelHandlerContext().channel() instanceof DuplexChannel channel) {
            ChannelFuture _ = channel.shutdownOutput();
        } else {
            socket.close();
        }
    }

    private void closed() {
        end(state == State.LEAVING ? new PublishEnd.Finished() : new PublishEnd.ConnectionLost("the server closed it"));
    }

    private void end(PublishEnd why) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        stopWaiting();
        if (alarm != null) {
            alarm.cancel(false);
        }
        client.close();
        tags.close();
        if (socket != null) {
            socket.close();
        }
        accepted.complete(false);
        ended.complete(why);
    }

    /// Ends unless something happens that calls [#stopWaiting] in time.
    private void expect(String otherwise, Duration within) {
        stopWaiting();
        patience = loop.schedule(
                () -> end(new PublishEnd.ConnectionLost(otherwise)), within.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
        }
    }

    private void flush(NetSocketInternal socket) {
        if (client.hasOutput()) {
            ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer();
            client.writeOutput(out);
            socket.writeMessage(out);
        }
    }

    private static String deepestMessage(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }

    private static String reason(Throwable e) {
        return switch (e) {
            case ConnectTimeoutException _ -> "no answer";
            case ConnectException _ -> "connection refused";
            case UnknownHostException _ -> "unknown host name";
            case SSLException tls -> "no TLS connection that can be trusted: " + deepestMessage(tls);
            case IOException broken
            when String.valueOf(broken.getMessage()).contains("reset by peer") -> "the server broke it off";
            default -> String.valueOf(e.getMessage());
        };
    }
}
