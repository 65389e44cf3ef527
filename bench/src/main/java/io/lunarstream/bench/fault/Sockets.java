package io.lunarstream.bench.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/// Connections to one port that are held and nothing else, from many addresses of loopback. Not for several threads.
final class Sockets implements AutoCloseable {

    /// As many addresses as send from; a limit for each address lets so many of it through.
    private static final int ADDRESSES = 250;

    private static final int SMALLEST_BUFFER = 4_096;

    private final InetSocketAddress server;
    private final Deque<SocketChannel> open = new ArrayDeque<>();
    private int made;

    Sockets(int port) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /// How many are held here; the server may have closed some.
    int count() {
        return open.size();
    }

    /// Makes one, and says something at once.
    ///
    /// @param words may be none
    /// @return whether it came about
    boolean open(byte[] words) {
        try {
            SocketChannel socket = SocketChannel.open();
            open.add(socket);
            socket.setOption(StandardSocketOptions.SO_RCVBUF, SMALLEST_BUFFER);
            socket.bind(new InetSocketAddress(source(made++), 0));
            socket.configureBlocking(false);
            boolean connected = socket.connect(server) || socket.finishConnect();
            if (connected && words.length > 0) {
                int _ = socket.write(ByteBuffer.wrap(words));
            }
            return connected;
        } catch (IOException _) {
            return false;
        }
    }

    /// 127.0.1.1 and those after it.
    private static InetAddress source(int number) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + number % ADDRESSES)});
    }

    /// Reads a little of each.
    ///
    /// @return how many bytes came
    long read(int bytesOfEach) {
        ByteBuffer bytes = ByteBuffer.allocate(bytesOfEach);
        long read = 0;
        for (SocketChannel socket : open) {
            try {
                bytes.clear();
                read += Math.max(0, socket.read(bytes));
            } catch (IOException _) {
                // Cut by the server.
                bytes.clear();
            }
        }
        return read;
    }

    /// How many the server has closed by now; what it has sent before is thrown away.
    int closedByServer() {
        int closed = 0;
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        for (SocketChannel socket : open) {
            try {
                int read;
                do {
                    bytes.clear();
                    read = socket.read(bytes);
                } while (read > 0);
                closed += read < 0 ? 1 : 0;
            } catch (IOException _) {
                closed++;
            }
        }
        return closed;
    }

    /// Lets the oldest ones go until so many are left.
    void keep(int count) {
        while (open.size() > count) {
            try {
                open.removeFirst().close();
            } catch (IOException _) {
                // It is gone all the same.
            }
        }
    }

    @Override
    public void close() {
        keep(0);
    }
}
