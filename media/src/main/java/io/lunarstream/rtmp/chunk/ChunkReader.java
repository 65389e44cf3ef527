package io.lunarstream.rtmp.chunk;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// Bytes of a peer to whole messages, cut in any way.
///
/// A message that lies whole in one chunk of the input is handed out as a slice of the input; any other is copied
/// once, into a buffer that its chunk stream owns and uses again. Source: RTMP 1.0, section 5.3.
public final class ChunkReader implements AutoCloseable {
    /// What a peer's chunks may carry until it says otherwise. Source: RTMP 1.0, section 5.4.1.
    public static final int CHUNK_SIZE_INITIAL = 128;
    /// Smaller chunks cost a header every few bytes: no encoder wants that, an attacker does.
    public static final int CHUNK_SIZE_MIN = 128;
    /// No message is longer, so larger sizes mean the same. Nothing is reserved for a chunk before its bytes come.
    /// Source: RTMP 1.0, section 5.4.1.
    static final int CHUNK_SIZE_MAX = 0xFF_FFFF;
    /// Partial messages of all chunk streams together: two of the longest.
    private static final int ASSEMBLED_BYTES_MAX = 16 << 20;

    private static final ChunkResult NEED_MORE_BYTES = new ChunkResult.NeedMoreBytes();

    private final ByteBufAllocator allocator;
    private final ChunkStreams streams = new ChunkStreams();
    private final ChunkHeader header = new ChunkHeader();
    /// Bytes of a header that was cut off at the end of the last input, and enough of the next to complete it.
    private final ByteBuf cutHeader = Unpooled.buffer(2 * ChunkHeader.BYTES_MAX);

    private int chunkSize = CHUNK_SIZE_INITIAL;
    private int payloadBytesMax = Integer.MAX_VALUE;
    private int assembledBytes;
    /// The chunk stream whose chunk is being read, between its header and its last byte.
    private @Nullable ChunkStream current;
    private int chunkBytesLeft;
    /// The chunk stream whose message the last call handed out.
    private @Nullable ChunkStream delivered;

    /// @param allocator where memory for messages in several pieces comes from
    public ChunkReader(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /// Reads up to the end of the next message.
    ///
    /// To be called until it answers [ChunkResult.NeedMoreBytes]: then all of `in` has been taken.
    public ChunkResult read(ByteBuf in) {
        forgetDelivered();
        if (cutHeader.isReadable()) {
            ChunkResult result = readAcrossCut(in);
            if (result instanceof ChunkResult.MessageRead || !in.isReadable()) {
                return result;
            }
        }
        ChunkResult result = readMessage(in);
        if (result instanceof ChunkResult.NeedMoreBytes) {
            cutHeader.writeBytes(in);
        }
        return result;
    }

    /// Sets what the peer's chunks carry from now on, as its Set Chunk Size message says.
    public void setChunkSize(int bytes) {
        if (bytes < CHUNK_SIZE_MIN) {
            throw new RtmpException(Reason.BAD_CHUNK, "a chunk size below " + CHUNK_SIZE_MIN + " bytes");
        }
        chunkSize = Math.min(bytes, CHUNK_SIZE_MAX);
    }

    /// Drops the message that is being assembled on a chunk stream, as the peer's Abort message says.
    public void abort(int chunkStreamId) {
        ChunkStream stream = streams.find(chunkStreamId);
        if (stream != null) {
            assembledBytes -= stream.assembledBytes();
            stream.reset();
        }
    }

    /// Limits the payload of every message that begins from now on, whatever its type allows.
    public void limitPayload(int bytes) {
        payloadBytesMax = bytes;
    }

    @Override
    public void close() {
        current = null;
        delivered = null;
        streams.release();
    }

    /// Completes a header that an earlier input cut off: reads from a copy of its bytes and the first ones of `in`.
    private ChunkResult readAcrossCut(ByteBuf in) {
        int cutBytes = cutHeader.readableBytes();
        int addedBytes = Math.min(in.readableBytes(), ChunkHeader.BYTES_MAX);
        cutHeader.writeBytes(in, in.readerIndex(), addedBytes);
        ChunkResult result = readMessage(cutHeader);
        int readBytes = cutBytes + addedBytes - cutHeader.readableBytes();
        if (readBytes < cutBytes) {
            // Not even the old bytes have all been read: the new ones wait behind them. More than a header's
            // length of bytes gets at least one read, so then a message was found or `in` had no more.
            in.skipBytes(addedBytes);
        } else {
            in.skipBytes(readBytes - cutBytes);
            cutHeader.clear();
        }
        return result;
    }

    private ChunkResult readMessage(ByteBuf in) {
        while (true) {
            ChunkStream stream = current == null ? startChunk(in) : current;
            if (stream == null) {
                return NEED_MORE_BYTES;
            }
            if (chunkBytesLeft == stream.lengthBytes
                    && stream.assembledBytes() == 0
                    && in.readableBytes() >= chunkBytesLeft) {
                return deliver(stream, in.readSlice(chunkBytesLeft));
            }
            assemble(stream, in);
            if (chunkBytesLeft > 0) {
                return NEED_MORE_BYTES;
            }
            current = null;
            if (stream.assembledBytes() == stream.lengthBytes) {
                return deliver(stream, stream.assembled());
            }
        }
    }

    /// Reads a chunk's header; null if it is not all there, and then nothing has been read.
    private @Nullable ChunkStream startChunk(ByteBuf in) {
        if (!header.parse(in)) {
            return null;
        }
        ChunkStream stream = streamOf(header);
        int repeatedBytes = 0;
        if (header.format == ChunkFormat.CONTINUATION) {
            repeatedBytes = stream.repeatedTimestampBytes(in, in.readerIndex() + header.bytes);
            if (repeatedBytes < 0) {
                return null;
            }
        }
        in.skipBytes(header.bytes + repeatedBytes);
        stream.apply(header);
        checkLength(stream);
        chunkBytesLeft = Math.min(chunkSize, stream.lengthBytes - stream.assembledBytes());
        current = stream;
        return stream;
    }

    private ChunkStream streamOf(ChunkHeader header) {
        ChunkStream stream = streams.find(header.chunkStreamId);
        if (stream != null) {
            return stream;
        }
        // Some encoders begin with fmt 1 (librtmp's pings do): it lacks only the message stream id, which is 0 then.
        if (header.format != ChunkFormat.FULL && header.format != ChunkFormat.SAME_STREAM) {
            throw new RtmpException(Reason.BAD_CHUNK, "a chunk stream began without the length of its message");
        }
        return streams.add(header.chunkStreamId);
    }

    private void checkLength(ChunkStream stream) {
        int bytesMax = Math.min(stream.type.payloadBytesMax, payloadBytesMax);
        if (stream.lengthBytes > bytesMax) {
            throw new RtmpException(
                    Reason.LIMIT_EXCEEDED,
                    "a message of type %s with %d bytes; at most %d are read now"
                            .formatted(stream.type, stream.lengthBytes, bytesMax));
        }
    }

    private void assemble(ChunkStream stream, ByteBuf in) {
        int bytes = Math.min(chunkBytesLeft, in.readableBytes());
        if (bytes > ASSEMBLED_BYTES_MAX - assembledBytes) {
            throw new RtmpException(
                    Reason.LIMIT_EXCEEDED, "more than " + ASSEMBLED_BYTES_MAX + " bytes of unfinished messages");
        }
        stream.append(in, bytes, allocator);
        assembledBytes += bytes;
        chunkBytesLeft -= bytes;
    }

    private ChunkResult deliver(ChunkStream stream, ByteBuf payload) {
        current = null;
        delivered = stream;
        return new ChunkResult.MessageRead(stream.type, stream.timestampMs, stream.messageStreamId, payload);
    }

    private void forgetDelivered() {
        cutHeader.discardReadBytes();
        if (delivered != null) {
            assembledBytes -= delivered.assembledBytes();
            delivered.reset();
            delivered = null;
        }
    }
}
