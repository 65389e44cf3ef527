package io.lunarstream.bench.peer;

import io.lunarstream.bench.host.ProcessTree;
import java.util.List;
import java.util.stream.IntStream;

/// A server that has been started. It ends with its workspace.
///
/// @param processes all that it consists of
/// @param livestreams gives out places to publish to
public record RunningServer(ProcessTree processes, Livestreams livestreams) {

    /// Gives out places to publish to.
    public interface Livestreams {
        /// A new one.
        ///
        /// @param name one that it was not asked for before: letters, digits, hyphens
        Livestream create(String name);

        /// Ends a livestream's broadcast.
        ///
        /// @return where to publish to for the next one
        Livestream again(Livestream livestream);
    }

    /// So many places to publish to.
    public List<Livestream> livestreams(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> livestreams.create("bench-" + i))
                .toList();
    }
}
