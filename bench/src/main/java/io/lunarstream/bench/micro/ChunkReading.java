package io.lunarstream.bench.micro;

import io.lunarstream.bench.sender.RecordedLoop;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// RTMP chunks to messages.
@State(Scope.Thread)
public class ChunkReading {
    private final RecordedLoop loop = Recording.loop();
    private final ChunkFeed feed = new ChunkFeed(loop, _ -> {});
    private long payloadBytes;

    /// Reads a round of the clip.
    @Benchmark
    public long chunks(Volume volume) {
        feed.round(message -> payloadBytes += message.payload().readableBytes());
        volume.add(feed.roundBytes(), loop.tags().size());
        return payloadBytes;
    }
}
