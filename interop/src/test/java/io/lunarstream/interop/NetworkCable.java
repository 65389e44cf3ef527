package io.lunarstream.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A network between two programs that can be cut: then nothing arrives, and nobody is told. Connections stay, as they
/// do when a switch fails; what was sent meanwhile arrives once it is mended.
final class NetworkCable implements AutoCloseable {
    private static final int BUFFER_BYTES = 16_384;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition mended = lock.newCondition();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ServerSocket near;
    private final int farPort;
    private boolean isCut;

    private NetworkCable(ServerSocket near, int farPort) {
        this.near = near;
        this.farPort = farPort;
    }

    /// Leads to a port of this machine.
    static NetworkCable to(int farPort) {
        try {
            NetworkCable cable = new NetworkCable(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), farPort);
            Thread.ofVirtual().start(cable::accept);
            return cable;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its near end.
    int port() {
        return near.getLocalPort();
    }

    void cut() {
        lock.lock();
        try {
            isCut = true;
        } finally {
            lock.unlock();
        }
    }

    void mend() {
        lock.lock();
        try {
            isCut = false;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitWhole() throws InterruptedException {
        lock.lock();
        try {
            while (isCut) {
                mended.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (!near.isClosed()) {
                Socket client = near.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void connect(Socket client) {
        try {
            awaitWhole();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), farPort);
            open.add(server);
            Thread.ofVirtual().start(() -> carry(client, server));
            carry(server, client);
        } catch (IOException e) {
            close(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] bytes = new byte[BUFFER_BYTES];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                awaitWhole();
                out.write(bytes, 0, count);
            }
        } catch (IOException _) {
            // One end has gone: so does the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed.
        }
    }

    @Override
    public void close() {
        try {
            near.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(this::close);
        mend();
    }
}
