package io.lunarstream.server.cdn;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/// The beginning of a response's body. What goes beyond it is not read: the connection is closed instead.
final class FirstBytes implements BodySubscriber<byte[]> {
    private final ByteBuffer kept;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private volatile Runnable stop = () -> {};

    /// @param most how many are wanted
    FirstBytes(int most) {
        kept = ByteBuffer.allocate(most);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        stop = subscription::cancel;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            int bytes = Math.min(buffer.remaining(), kept.remaining());
            kept.put(buffer.slice(buffer.position(), bytes));
        }
        if (!kept.hasRemaining()) {
            stop.run();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        byte[] bytes = new byte[kept.position()];
        kept.get(0, bytes);
        body.complete(bytes);
    }
}
