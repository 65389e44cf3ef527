package io.lunarstream.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;

/// Makes a request that comes in chunks the last one of its HTTP/1.1 connection.
///
/// Such a request may say its length, too. A proxy in front that believes the length finds another end of it than this
/// server: the rest, which it takes for somebody's body, would be a request here, and its answer somebody else's
/// (request smuggling). Source: RFC 9112, sections 6.1 and 6.3. Netty takes the length away before anybody could see
/// it, so this does not ask whether there was one.
final class LastIfChunked extends ChannelInboundHandlerAdapter {

    /// Does nothing for HTTP/2, where lengths are those of frames.
    static void guard(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        ChannelHandlerContext decoder = channel.pipeline().context(HttpRequestDecoder.class);
        if (decoder != null) {
            channel.pipeline().addAfter(decoder.name(), LastIfChunked.class.getSimpleName(), new LastIfChunked());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
            if (!codings.isEmpty()) {
                request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            if (codings.size() > 1 || codings.stream().anyMatch(coding -> !isChunked(coding))) {
                request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("transfer coding")));
            }
        }
        context.fireChannelRead(message);
    }

    private static boolean isChunked(String coding) {
        return HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding);
    }
}
