package io.lunarstream.bench.soak;

import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.chunk.MessageType;
import io.lunarstream.rtmp.session.ClientEvent;
import io.lunarstream.rtmp.session.PublishClient;
import io.lunarstream.rtmp.session.PublishTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One connection of an encoder: sends footage in real time on a thread of its own, and misbehaves when asked to.
final class Encoder implements AutoCloseable {
    private static final SecureRandom HANDSHAKES = new SecureRandom();

    /// How often what is due is sent.
    private static final int TICK_MS = 40;

    /// The server answers a publisher within its own 10 s.
    private static final Duration TIME_TO_BE_ANSWERED = Duration.ofSeconds(20);

    private static final int READ_BYTES = 8_192;

    private final PublishClient client;
    private final Socket socket = new Socket();
    private final CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final Thread thread;
    private final byte[] incoming = new byte[READ_BYTES];
    private Footage footage;
    private boolean publishing;
    private long startNs;
    private long roundStartMs;
    private int nextFrame;
    private long timestampOffsetMs;
    private long pausedUntilNs;

    private Encoder(PublishTarget target, Footage footage) {
        this.client = new PublishClient(target, HANDSHAKES, UnpooledByteBufAllocator.DEFAULT);
        this.footage = footage;
        this.thread = Thread.ofVirtual().name("encoder").unstarted(() -> run(target.port()));
    }

    /// Connects. The answer, and whatever comes after it, is to be waited for.
    static Encoder connect(PublishTarget target, Footage footage) {
        Encoder encoder = new Encoder(target, footage);
        encoder.thread.start();
        return encoder;
    }

    /// Waits for the server's answer.
    ///
    /// @return nothing if it was let in, or why not
    Optional<String> awaitAnswer() throws InterruptedException {
        try {
            return answer.get(TIME_TO_BE_ANSWERED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return Optional.of("no answer within " + TIME_TO_BE_ANSWERED.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Waits until the connection is over.
    ///
    /// @return the server's words, if it had any; nothing if the connection is still there after that time
    Optional<String> awaitEnd(Duration atMost) throws InterruptedException {
        try {
            return Optional.of(end.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isOver() {
        return end.isDone();
    }

    /// Time stamps go on from somewhere else.
    synchronized void jump(long byMs) {
        timestampOffsetMs += byMs;
    }

    /// Sends other pictures and another sound from now on, with their codec configurations.
    synchronized void change(Footage other) throws IOException {
        if (publishing) {
            long nowMs = elapsedMs();
            footage = other;
            roundStartMs = nowMs;
            nextFrame = 0;
            sendConfigurations(nowMs);
        }
    }

    /// Sends nothing for a while, and nothing of that time later.
    synchronized void pause(Duration length) {
        pausedUntilNs = System.nanoTime() + length.toNanos();
    }

    /// Sends bytes that are no messages, and nothing more.
    synchronized void sendGarbage(byte[] bytes) {
        publishing = false;
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException _) {
            // Closed before all was written.
        }
    }

    /// Sends the beginning of a picture and no more.
    synchronized void cutInMessage() throws IOException {
        if (publishing) {
            ByteBuf out = Unpooled.buffer();
            write(footage.frames().getFirst(), elapsedMs() + timestampOffsetMs, out);
            send(out.writerIndex(out.writerIndex() / 2));
            publishing = false;
        }
    }

    /// Says goodbye and closes.
    synchronized void goodbye() throws IOException {
        if (publishing) {
            ByteBuf out = Unpooled.buffer();
            client.writeGoodbye(out);
            send(out);
            publishing = false;
        }
        socket.close();
    }

    /// Closes by RST: whatever is under way is lost.
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /// Closes without a goodbye.
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(int port) {
        String words = "";
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(TICK_MS);
            boolean there = true;
            while (there) {
                tick();
                there = receive();
            }
        } catch (IOException | RtmpException e) {
            words = String.valueOf(e.getMessage());
        } finally {
            finish(words);
        }
    }

    private void finish(String words) {
        answer.complete(Optional.of("the connection has ended: " + words));
        end.complete(words);
        close();
        synchronized (this) {
            publishing = false;
            client.close();
        }
    }

    /// Waits a tick's time for bytes.
    ///
    /// @return whether the server has not closed
    private boolean receive() throws IOException {
        try {
            int count = socket.getInputStream().read(incoming);
            if (count < 0) {
                return false;
            }
            synchronized (this) {
                return handle(Unpooled.wrappedBuffer(incoming, 0, count));
            }
        } catch (SocketTimeoutException _) {
            return true;
        }
    }

    private boolean handle(ByteBuf bytes) throws IOException {
        while (true) {
            switch (client.read(bytes)) {
                case ClientEvent.NeedMoreBytes _ -> {
                    return true;
                }
                case ClientEvent.PublishAccepted _ -> begin();
                case ClientEvent.PublishRefused(String code, String description) -> {
                    answer.complete(Optional.of(code + " " + description));
                    end.complete(description);
                    return false;
                }
            }
        }
    }

    private void begin() throws IOException {
        publishing = true;
        startNs = System.nanoTime();
        sendConfigurations(0);
        answer.complete(Optional.empty());
    }

    private synchronized void tick() throws IOException {
        ByteBuf out = Unpooled.buffer();
        if (publishing) {
            frames(out);
        } else if (client.hasOutput()) {
            client.writeOutput(out);
        }
        send(out);
    }

    /// Writes what is due.
    private void frames(ByteBuf out) {
        long nowMs = elapsedMs();
        boolean paused = System.nanoTime() < pausedUntilNs;
        while (timeMs() <= nowMs) {
            if (!paused) {
                write(footage.frames().get(nextFrame), timeMs() + timestampOffsetMs, out);
            }
            if (++nextFrame == footage.frames().size()) {
                nextFrame = 0;
                roundStartMs += footage.lengthMs();
            }
        }
    }

    /// When the next frame is due.
    private long timeMs() {
        return roundStartMs + footage.frames().get(nextFrame).timestampMs();
    }

    private void sendConfigurations(long atMs) throws IOException {
        ByteBuf out = Unpooled.buffer();
        footage.configurations().forEach(tag -> write(tag, atMs + timestampOffsetMs, out));
        send(out);
    }

    private void write(FlvTag tag, long timestampMs, ByteBuf out) {
        client.writeMedia(MessageType.of(tag.type().id()), timestampMs, tag.body(), out);
    }

    private void send(ByteBuf out) throws IOException {
        if (out.isReadable()) {
            out.readBytes(socket.getOutputStream(), out.readableBytes());
        }
    }

    private long elapsedMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    }
}
