package io.lunarstream.bench.micro;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How much has been worked through; JMH makes a rate of each of its fields.
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Volume {
    /// Read by a reader or muxer, or written by who writes playlists.
    public long bytes;

    /// Samples, or playlists.
    public long items;

    void add(long moreBytes, long moreItems) {
        bytes += moreBytes;
        items += moreItems;
    }
}
