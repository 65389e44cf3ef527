package io.lunarstream.server.publisher;

import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvFileReader;
import io.lunarstream.flv.FlvFileReader.Result;
import io.lunarstream.flv.FlvTag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A short recording in memory, which any number of publishers on any threads may share.
public final class FlvClip {
    private final List<FlvTag> tags;

    private FlvClip(List<FlvTag> tags) {
        this.tags = List.copyOf(tags);
    }

    /// Takes apart the bytes of an FLV file, which belong to the clip from now on.
    public static FlvClip of(byte[] flv) throws FlvException {
        ByteBuf unread = Unpooled.wrappedBuffer(flv);
        FlvFileReader reader = new FlvFileReader();
        List<FlvTag> tags = new ArrayList<>();
        while (reader.read(unread) instanceof Result.TagRead(FlvTag tag)) {
            tags.add(tag);
        }
        return new FlvClip(tags);
    }

    /// The clip's tags, for one publisher.
    public TagSource tags() {
        return new Cursor();
    }

    private final class Cursor implements TagSource {
        private int next;

        @Override
        public Optional<FlvTag> next() {
            return next < tags.size() ? Optional.of(tags.get(next++)) : Optional.empty();
        }

        @Override
        public void rewind() {
            next = 0;
        }

        @Override
        public void close() {
            // The memory is the clip's.
        }
    }
}
