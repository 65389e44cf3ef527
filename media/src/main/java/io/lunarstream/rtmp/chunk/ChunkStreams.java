package io.lunarstream.rtmp.chunk;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The chunk streams that a peer has used so far, by id.
final class ChunkStreams {
    /// Encoders use about five; each one may hold a partial message, so their number is memory.
    private static final int CHUNK_STREAMS_MAX = 64;

    private final List<ChunkStream> streams = new ArrayList<>();

    /// The chunk stream with an id; null if the peer has not used it.
    @Nullable
    ChunkStream find(int id) {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).id == id) {
                return streams.get(i);
            }
        }
        return null;
    }

    ChunkStream add(int id) {
        if (streams.size() == CHUNK_STREAMS_MAX) {
            throw new RtmpException(Reason.LIMIT_EXCEEDED, "more than " + CHUNK_STREAMS_MAX + " chunk streams");
        }
        ChunkStream stream = new ChunkStream(id);
        streams.add(stream);
        return stream;
    }

    void release() {
        streams.forEach(ChunkStream::release);
        streams.clear();
    }
}
