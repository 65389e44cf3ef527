package io.lunarstream.server.ingest;

import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.chunk.MessageType;
import io.lunarstream.rtmp.message.Message;
import io.lunarstream.rtmp.message.MessageWriter;
import io.lunarstream.rtmp.session.ClientEvent;
import io.lunarstream.rtmp.session.PublishClient;
import io.lunarstream.rtmp.session.PublishTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// An encoder on a plain socket, which does one thing after the other.
public final class RtmpEncoder implements AutoCloseable {
    /// Longer than the server's patience.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// So small that a server soon notices an encoder that does not read.
    private static final int RECEIVE_BUFFER_BYTES = 4_096;

    private final Socket socket;
    private final PublishClient client;
    private ByteBuf unread = Unpooled.EMPTY_BUFFER;
    private final MessageWriter ownWords = new MessageWriter();

    RtmpEncoder(IngestServer server, String streamKey, String pushToken) throws IOException {
        this(server.port(), streamKey, pushToken);
    }

    /// Connects, and does not ask yet.
    public RtmpEncoder(int port, String streamKey, String pushToken) throws IOException {
        this(connected(port), streamKey, pushToken);
    }

    /// Speaks through a connection that is there.
    public RtmpEncoder(Socket socket, String streamKey, String pushToken) throws IOException {
        String address = "rtmp://127.0.0.1:" + socket.getPort() + "/live/" + streamKey + "?pushToken=" + pushToken;
        client = new PublishClient(PublishTarget.parse(address), new Random(1), UnpooledByteBufAllocator.DEFAULT);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        this.socket = socket;
    }

    private static Socket connected(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    /// Connects with a token for the usual stream and is let in.
    static RtmpEncoder publishing(IngestServer server) throws IOException {
        RtmpEncoder encoder = new RtmpEncoder(server, IngestServer.KEY, IngestServer.GOOD);
        ClientEvent answer = encoder.ask();
        if (!(answer instanceof ClientEvent.PublishAccepted)) {
            throw new AssertionError("not let in: " + answer);
        }
        return encoder;
    }

    /// Asks to publish, and waits for the answer.
    public ClientEvent ask() throws IOException {
        return nextEvent().orElseThrow(() -> new AssertionError("closed without an answer"));
    }

    /// Says all that comes before the answer, without waiting for it.
    void askWithoutWaiting(IngestServer server, int undecidedThen) throws IOException {
        byte[] bytes = new byte[8_192];
        while (server.undecided.size() < undecidedThen) {
            writeOutput();
            if (socket.getInputStream().available() > 0) {
                read(bytes);
            }
            Thread.onSpinWait();
        }
    }

    /// Waits for the next thing that the server says; empty if it closes the connection.
    Optional<ClientEvent> nextEvent() throws IOException {
        byte[] bytes = new byte[8_192];
        while (true) {
            writeOutput();
            Optional<ClientEvent> event = read(bytes);
            writeOutput();
            if (event.isEmpty() || !(event.get() instanceof ClientEvent.NeedMoreBytes)) {
                return event;
            }
        }
    }

    /// The words with which the server throws this encoder out.
    public String refusal() throws IOException {
        return switch (nextEvent().orElseThrow(() -> new AssertionError("closed without a word"))) {
            case ClientEvent.PublishRefused(String code, String description) -> code + " " + description;
            case ClientEvent.PublishAccepted accepted -> throw new AssertionError(accepted);
            case ClientEvent.NeedMoreBytes none -> throw new AssertionError(none);
        };
    }

    /// Whether the server has closed the connection, or does so soon.
    public boolean isClosed() throws IOException {
        return nextEvent().isEmpty();
    }

    public void send(List<FlvTag> tags) throws IOException {
        send(encoded(tags, 0));
    }

    /// Media as bytes of this connection.
    byte[] encoded(List<FlvTag> tags, long laterMs) {
        ByteBuf out = Unpooled.buffer();
        for (FlvTag tag : tags) {
            client.writeMedia(MessageType.of(tag.type().id()), tag.timestampMs() + laterMs, tag.body(), out);
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    public void goodbye() throws IOException {
        ByteBuf out = Unpooled.buffer();
        client.writeGoodbye(out);
        send(out);
    }

    /// Says something that a well-behaved client would not say now.
    void say(Message message, int messageStreamId) throws IOException {
        ByteBuf out = Unpooled.buffer();
        ownWords.write(message, 0, messageStreamId, out);
        send(out);
    }

    void sayOften(Message message, int times) throws IOException {
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < times; i++) {
            ownWords.write(message, 0, 0, out);
        }
        send(out);
    }

    /// Sends media as `say` does.
    void sayMedia(List<FlvTag> tags, long laterMs, int messageStreamId) throws IOException {
        ByteBuf out = Unpooled.buffer();
        for (FlvTag tag : tags) {
            MessageType type = MessageType.of(tag.type().id());
            ownWords.write(type, tag.timestampMs() + laterMs, messageStreamId, tag.body(), out);
        }
        send(out);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    private void send(ByteBuf bytes) throws IOException {
        bytes.readBytes(socket.getOutputStream(), bytes.readableBytes());
    }

    private void writeOutput() throws IOException {
        if (client.hasOutput()) {
            ByteBuf out = Unpooled.buffer();
            client.writeOutput(out);
            send(out);
        }
    }

    /// One event of what has come; empty at the end. What came with it stays for the next call.
    private Optional<ClientEvent> read(byte[] into) throws IOException {
        if (!unread.isReadable()) {
            int count = socket.getInputStream().read(into);
            if (count < 0) {
                return Optional.empty();
            }
            unread = Unpooled.copiedBuffer(into, 0, count);
        }
        return Optional.of(client.read(unread));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        client.close();
    }
}
