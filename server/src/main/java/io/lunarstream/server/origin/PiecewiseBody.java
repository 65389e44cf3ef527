package io.lunarstream.server.origin;

import io.lunarstream.server.live.StoredMedia.FileRegion;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;

/// Sends media a piece at a time, as fast as the connection takes them, where the kernel cannot send the file: over
/// TLS, and while the disk is slow.
///
/// Encryption makes a copy of all that it is handed. So a response is handed over in pieces, and what a slow viewer
/// holds is one piece and the socket's own buffer, however long the segment is. Files are read in pieces, too, off the
/// event loop, which a slow disk would hold up.
final class PiecewiseBody {

    /// Four TLS records: few calls, and little that waits.
    private static final int PIECE_BYTES = 64 * 1024;

    private final HttpServerResponse response;

    PiecewiseBody(HttpServerResponse response) {
        this.response = response;
    }

    /// Sends bytes that are in memory.
    ///
    /// @param sent called once, when the bytes are no longer needed
    void send(ByteBuf bytes, Runnable sent) {
        new Pieces(bytes, sent).start();
    }

    /// Sends bytes of a file.
    ///
    /// @return fails if they could not all be sent
    Future<Void> send(FileSystem files, FileRegion region, int bytes) {
        OpenOptions reading = new OpenOptions().setCreate(false).setWrite(false);
        return files.open(region.path().toString(), reading).compose(file -> send(file, region.offset(), bytes));
    }

    private Future<Void> send(AsyncFile file, long offset, int bytes) {
        file.setReadPos(offset).setReadLength(bytes).setReadBufferSize(PIECE_BYTES);
        return file.pipeTo(response).eventually(file::close);
    }

    private final class Pieces {
        private final ByteBuf bytes;
        private final Runnable sent;
        private boolean ended;

        Pieces(ByteBuf bytes, Runnable sent) {
            this.bytes = bytes;
            this.sent = sent;
        }

        void start() {
            response.closeHandler(_ -> end());
            response.drainHandler(_ -> sendMore());
            sendMore();
        }

        private void sendMore() {
            while (!ended && bytes.isReadable() && !response.writeQueueFull()) {
                ByteBuf piece = bytes.readSlice(Math.min(PIECE_BYTES, bytes.readableBytes()));
                Future<Void> written = bytes.isReadable()
                        ? response.write(BufferInternal.buffer(piece))
                        : response.end(BufferInternal.buffer(piece)).onComplete(_ -> end());
                written.onFailure(_ -> end());
            }
        }

        private void end() {
            if (!ended) {
                ended = true;
                sent.run();
            }
        }
    }
}
