package io.lunarstream.hls;

import io.lunarstream.media.Track;
import java.util.List;

/// Takes what a [Packager] makes, on the packager's thread.
public interface PackagerListener {

    /// The segments that follow belong to a new media playlist, because the set of tracks is another one than before.
    void generation(List<Track> tracks);

    /// A segment is whole. The listener owns its buffers.
    void segment(Segment segment);
}
