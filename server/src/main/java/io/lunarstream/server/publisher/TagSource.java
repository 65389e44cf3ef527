package io.lunarstream.server.publisher;

import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvTag;
import java.io.IOException;
import java.util.Optional;

/// The tags of a recording in their order, from the first to the last, as often as wanted. For one thread at a time.
public interface TagSource extends AutoCloseable {

    /// The next tag, whose body is valid until the next call; empty after the last.
    Optional<FlvTag> next() throws IOException, FlvException;

    /// Goes back to before the first tag.
    void rewind();

    /// Gives back files and memory.
    @Override
    void close();
}
