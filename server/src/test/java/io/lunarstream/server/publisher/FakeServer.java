package io.lunarstream.server.publisher;

import io.lunarstream.rtmp.session.PublishSession;
import io.lunarstream.rtmp.session.PublishTarget;
import io.lunarstream.rtmp.session.SessionEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// An RTMP server for one publisher, which does what the test tells it to.
final class FakeServer implements AutoCloseable {
    private final ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Thread thread = Thread.ofVirtual().unstarted(this::serve);
    private final CountDownLatch mayReadMedia = new CountDownLatch(1);
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile Socket socket = new Socket();

    /// A server that lets everybody in but reads no media before it is told to.
    FakeServer() throws IOException {
        thread.start();
    }

    PublishTarget target() {
        return PublishTarget.parse("rtmp://127.0.0.1:" + port.getLocalPort() + "/live/key?pushToken=very-secret");
    }

    void readMedia() {
        mayReadMedia.countDown();
    }

    /// What has come in: kinds and time stamps.
    List<String> received() {
        return received;
    }

    /// As when the machine is gone.
    void breakConnection() throws IOException {
        socket.close();
    }

    private void serve() {
        PublishSession session = new PublishSession(new Random(1), new UnpooledByteBufAllocator(false));
        try (Socket accepted = port.accept()) {
            socket = accepted;
            byte[] piece = new byte[64 << 10];
            for (int read = accepted.getInputStream().read(piece);
                    read >= 0;
                    read = accepted.getInputStream().read(piece)) {
                boolean letIn = take(session, Unpooled.wrappedBuffer(piece, 0, read));
                ByteBuf out = Unpooled.buffer();
                session.writeOutput(out);
                accepted.getOutputStream().write(out.array(), 0, out.readableBytes());
                if (letIn) {
                    mayReadMedia.await();
                }
            }
        } catch (IOException | InterruptedException _) {
            // The test is over.
        } finally {
            session.close();
        }
    }

    /// Whether the publisher was let in by these bytes.
    private boolean take(PublishSession session, ByteBuf bytes) {
        boolean letIn = false;
        while (true) {
            switch (session.read(bytes)) {
                case SessionEvent.NeedMoreBytes _ -> {
                    return letIn;
                }
                case SessionEvent.PublishRequested _ -> {
                    session.acceptPublish();
                    letIn = true;
                }
                case SessionEvent.VideoReceived(long timestampMs, ByteBuf _) -> received.add("video " + timestampMs);
                case SessionEvent.AudioReceived(long timestampMs, ByteBuf _) -> received.add("audio " + timestampMs);
                case SessionEvent.MetadataReceived _ -> received.add("metadata");
                case SessionEvent.PublishEnded _ -> received.add("goodbye");
            }
        }
    }

    @Override
    public void close() throws IOException {
        port.close();
        socket.close();
        thread.interrupt();
    }
}
