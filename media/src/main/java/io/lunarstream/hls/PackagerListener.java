package io.lunarstream.hls;

import io.lunarstream.media.Track;
import java.util.List;

/// Takes what a [Packager] makes, on the packager's thread.
public interface PackagerListener {

    /// The segments that follow belong to a new media playlist, because the set of tracks is another one than before.
    void generation(List<Track> tracks);

    /// A part is whole, and not the last of its segment. The listener owns its buffer.
    void part(Part part);

    /// A segment is whole, and so is its last part. The listener owns its buffers.
    void segment(Segment segment);
}
