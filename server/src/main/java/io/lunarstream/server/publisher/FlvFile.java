package io.lunarstream.server.publisher;

import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvFileReader;
import io.lunarstream.flv.FlvFileReader.Result;
import io.lunarstream.flv.FlvTag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tags of an FLV file, read as they are wanted: of a file of any size, only one tag and what was read with it
/// are in memory.
///
/// Reading blocks for as long as the disk takes, so the event loop that reads should have no other work.
public final class FlvFile implements TagSource {
    /// What is read at a time: several tags of usual video, and few calls.
    private static final int READ_BYTES = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(FlvFile.class);

    private final FileChannel file;
    private final ByteBuf unread = Unpooled.buffer(READ_BYTES);
    private FlvFileReader reader = new FlvFileReader();
    private long position;

    private FlvFile(FileChannel file) {
        this.file = file;
    }

    /// Opens a file and reads as far as its first tag.
    ///
    /// @throws IOException if it cannot be read, or has no tags
    /// @throws FlvException if it is not an FLV file
    public static FlvFile open(Path path) throws IOException, FlvException {
        FlvFile opened = new FlvFile(FileChannel.open(path, StandardOpenOption.READ));
        try {
            if (opened.next().isEmpty()) {
                throw new IOException("it holds no FLV tags");
            }
            opened.rewind();
            return opened;
        } catch (IOException | FlvException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public Optional<FlvTag> next() throws IOException, FlvException {
        while (true) {
            switch (reader.read(unread)) {
                case Result.TagRead(FlvTag tag) -> {
                    return Optional.of(tag);
                }
                case Result.NeedMoreBytes _ -> {
                    if (!readMore()) {
                        return Optional.empty();
                    }
                }
            }
        }
    }

    /// Reads a piece of the file; false at its end. The reader takes no tag above its limit, so this stays small.
    private boolean readMore() throws IOException {
        unread.discardReadBytes();
        int bytes = unread.writeBytes(file, position, READ_BYTES);
        position += Math.max(bytes, 0);
        return bytes > 0;
    }

    @Override
    public void rewind() {
        reader = new FlvFileReader();
        unread.clear();
        position = 0;
    }

    @Override
    public void close() {
        unread.release();
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("a file that was only read did not close", e);
        }
    }
}
