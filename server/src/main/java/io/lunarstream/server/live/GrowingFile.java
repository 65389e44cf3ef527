package io.lunarstream.server.live;

import io.netty.buffer.ByteBuf;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// A file that is added to now and then, and stays open in between: to open it anew costs as much as to write to it.
final class GrowingFile implements Closeable {
    private final Path path;
    private final FileChannel channel;
    private long bytes;

    private GrowingFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// A new file, or one whose bytes are written over from the first on.
    static GrowingFile create(Path path) throws IOException {
        return new GrowingFile(path, FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    Path path() {
        return path;
    }

    /// How many bytes it has, all written here.
    long bytes() {
        return bytes;
    }

    /// Adds bytes, all together if the system lets it; the buffer's indexes stay as they are.
    void append(ByteBuf added) throws IOException {
        append(added.nioBuffers());
    }

    /// Adds bytes.
    void append(byte[] added) throws IOException {
        append(new ByteBuffer[] {ByteBuffer.wrap(added)});
    }

    private void append(ByteBuffer[] buffers) throws IOException {
        long left = Arrays.stream(buffers).mapToLong(ByteBuffer::remaining).sum();
        while (left > 0) {
            long written = channel.write(buffers);
            left -= written;
            bytes += written;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
