package io.lunarstream.rtmp.chunk;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One chunk stream of a peer: what its last header said, and the message that is being assembled.
final class ChunkStream {
    /// Memory for the first bytes of a message; more is taken as they really come.
    private static final int FIRST_CAPACITY_BYTES = 4 << 10;
    /// A larger assembly buffer is given back after its message, so that one huge frame does not cost for ever.
    private static final int KEPT_CAPACITY_BYTES = 1 << 20;

    private static final long TIMESTAMP_MASK = 0xFFFF_FFFFL;

    final int id;
    long timestampMs;
    MessageType type = MessageType.UNKNOWN;
    int messageStreamId;
    int lengthBytes;
    boolean inMessage;

    private long timestampField;
    private boolean extended;
    private @Nullable ByteBuf assembly;

    ChunkStream(int id) {
        this.id = id;
    }

    /// Takes over what a chunk's header says; a continuation in the middle of a message says nothing.
    void apply(ChunkHeader header) {
        if (inMessage) {
            if (header.format != ChunkFormat.CONTINUATION) {
                throw new RtmpException(Reason.BAD_CHUNK, "a message began before the one on its chunk stream ended");
            }
            return;
        }
        inMessage = true;
        if (header.format != ChunkFormat.CONTINUATION) {
            timestampField = header.timestampField;
            extended = header.extended;
        }
        // A message that begins with fmt 3 repeats the delta; after fmt 0 that is the timestamp itself.
        // Source: RTMP 1.0, section 5.3.1.2.4.
        boolean absolute = header.format == ChunkFormat.FULL;
        timestampMs = (absolute ? timestampField : timestampMs + timestampField) & TIMESTAMP_MASK;
        if (header.format == ChunkFormat.FULL) {
            messageStreamId = header.messageStreamId;
        }
        if (header.format == ChunkFormat.FULL || header.format == ChunkFormat.SAME_STREAM) {
            lengthBytes = header.lengthBytes;
            type = MessageType.of(header.typeId);
        }
    }

    /// How many bytes of a repeated extended timestamp begin at `index`: 4 or 0, or -1 when more bytes must come to
    /// tell. Some encoders repeat it on fmt 3 chunks, some do not: the bytes themselves decide.
    int repeatedTimestampBytes(ByteBuf in, int index) {
        if (!extended) {
            return 0;
        }
        int there = Math.min(ChunkHeader.EXTENDED_TIMESTAMP_BYTES, in.writerIndex() - index);
        // Encoders that sent a delta repeat either the delta or the message's timestamp.
        if (!startsWith(in, index, there, timestampField) && !startsWith(in, index, there, timestampMs)) {
            return 0;
        }
        return there == ChunkHeader.EXTENDED_TIMESTAMP_BYTES ? there : -1;
    }

    private static boolean startsWith(ByteBuf in, int index, int bytes, long timestamp) {
        for (int i = 0; i < bytes; i++) {
            if (in.getByte(index + i) != (byte) (timestamp >>> (24 - 8 * i))) {
                return false;
            }
        }
        return true;
    }

    int assembledBytes() {
        return assembly == null ? 0 : assembly.readableBytes();
    }

    void append(ByteBuf in, int bytes, ByteBufAllocator allocator) {
        if (assembly == null) {
            assembly = allocator.buffer(Math.min(lengthBytes, FIRST_CAPACITY_BYTES));
        }
        assembly.writeBytes(in, bytes);
    }

    /// What has been assembled, at least one byte; it stays owned here.
    ByteBuf assembled() {
        return Objects.requireNonNull(assembly);
    }

    /// Forgets the message: it has been handed out, or was aborted.
    void reset() {
        inMessage = false;
        if (assembly != null && assembly.capacity() > KEPT_CAPACITY_BYTES) {
            release();
        } else if (assembly != null) {
            assembly.clear();
        }
    }

    void release() {
        if (assembly != null) {
            assembly.release();
            assembly = null;
        }
    }
}
