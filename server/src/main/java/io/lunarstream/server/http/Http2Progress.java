package io.lunarstream.server.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Whether each stream of an HTTP/2 connection takes the bytes that wait for it.
///
/// A client that grants a stream no window leaves its bytes waiting above the socket, where only the flow controller
/// knows of them. This one stands before it and notes when a stream has sent something. Lives on the event loop of the
/// connection. Source: RFC 9113, section 5.2.
final class Http2Progress implements Http2RemoteFlowController {

    /// When a stream last sent something, or had nothing to send.
    private static final class LastMove {
        private long ns = System.nanoTime();
    }

    private final Http2ConnectionHandler handler;
    private final Http2Connection connection;
    private final Http2RemoteFlowController flow;
    private final Http2Connection.PropertyKey lastMove;

    /// Takes its place before the connection's flow controller.
    Http2Progress(Http2ConnectionHandler handler) {
        this.handler = handler;
        this.connection = handler.connection();
        this.flow = connection.remote().flowController();
        this.lastMove = connection.newKey();
        connection.remote().flowController(this);
    }

    /// Resets the streams whose bytes have been waiting for too long; if no other stream is open, closes the
    /// connection with them.
    ///
    /// @return how many were reset
    int resetStalled(Duration patience) {
        List<Http2Stream> stalled = new ArrayList<>();
        try {
            connection.forEachActiveStream(stream -> {
                if (flow.hasFlowControlled(stream) && System.nanoTime() - lastMove(stream).ns >= patience.toNanos()) {
                    stalled.add(stream);
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException("looking at streams does not fail", e);
        }
        if (!stalled.isEmpty()) {
            reset(stalled);
        }
        return stalled.size();
    }

    private void reset(List<Http2Stream> stalled) {
        ChannelHandlerContext context = flow.channelHandlerContext();
        boolean allOfThem = stalled.size() == connection.numActiveStreams();
        for (Http2Stream stream : stalled) {
            ChannelFuture _ = handler.resetStream(
                    context, stream.id(), Http2Error.ENHANCE_YOUR_CALM.code(), context.newPromise());
        }
        context.flush();
        if (allOfThem) {
            ChannelFuture _ = context.close();
        }
    }

    private LastMove lastMove(Http2Stream stream) {
        LastMove known = stream.getProperty(lastMove);
        if (known == null) {
            known = new LastMove();
            stream.setProperty(lastMove, known);
        }
        return known;
    }

    private final class Watched implements FlowControlled {
        private final Http2Stream stream;
        private final FlowControlled payload;

        Watched(Http2Stream stream, FlowControlled payload) {
            this.stream = stream;
            this.payload = payload;
        }

        @Override
        public void write(ChannelHandlerContext context, int allowedBytes) {
            int before = payload.size();
            payload.write(context, allowedBytes);
            if (payload.size() < before) {
                lastMove(stream).ns = System.nanoTime();
            }
        }

        @Override
        public int size() {
            return payload.size();
        }

        @Override
        public void error(ChannelHandlerContext context, Throwable cause) {
            payload.error(context, cause);
        }

        @Override
        public void writeComplete() {
            payload.writeComplete();
        }

        @Override
        public boolean merge(ChannelHandlerContext context, FlowControlled next) {
            return next instanceof Watched watched && payload.merge(context, watched.payload);
        }
    }

    @Override
    public void addFlowControlled(Http2Stream stream, FlowControlled payload) {
        if (!flow.hasFlowControlled(stream)) {
            lastMove(stream).ns = System.nanoTime();
        }
        flow.addFlowControlled(stream, new Watched(stream, payload));
    }

    @Override
    public ChannelHandlerContext channelHandlerContext() {
        return flow.channelHandlerContext();
    }

    @Override
    public void channelHandlerContext(ChannelHandlerContext context) throws Http2Exception {
        flow.channelHandlerContext(context);
    }

    @Override
    public boolean hasFlowControlled(Http2Stream stream) {
        return flow.hasFlowControlled(stream);
    }

    @Override
    public void writePendingBytes() throws Http2Exception {
        flow.writePendingBytes();
    }

    @Override
    public void listener(Listener listener) {
        flow.listener(listener);
    }

    @Override
    public boolean isWritable(Http2Stream stream) {
        return flow.isWritable(stream);
    }

    @Override
    public void channelWritabilityChanged() throws Http2Exception {
        flow.channelWritabilityChanged();
    }

    @Override
    public void updateDependencyTree(int childStreamId, int parentStreamId, short weight, boolean exclusive) {
        flow.updateDependencyTree(childStreamId, parentStreamId, weight, exclusive);
    }

    @Override
    public void initialWindowSize(int newWindowSize) throws Http2Exception {
        flow.initialWindowSize(newWindowSize);
    }

    @Override
    public int initialWindowSize() {
        return flow.initialWindowSize();
    }

    @Override
    public int windowSize(Http2Stream stream) {
        return flow.windowSize(stream);
    }

    @Override
    public void incrementWindowSize(Http2Stream stream, int delta) throws Http2Exception {
        flow.incrementWindowSize(stream, delta);
    }
}
