package io.lunarstream.bench.micro;

import io.lunarstream.bench.sender.RecordedLoop;
import io.lunarstream.hls.Generation;
import io.lunarstream.hls.MediaPlaylist;
import io.lunarstream.hls.PackagerListener;
import io.lunarstream.hls.Part;
import io.lunarstream.hls.Segment;
import io.lunarstream.hls.SegmentForm;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Playlists to text. The window is full, as it is after a minute of a broadcast.
@State(Scope.Thread)
public class PlaylistWriting {
    private static final int WINDOW_MS = 60_000;

    private final MediaPlaylist playlist = afterAWhile(Recording.loop());

    /// fMP4, with parts.
    @Benchmark
    public String fragmentedMp4(Volume volume) {
        return written(playlist.text(SegmentForm.FMP4), volume);
    }

    /// fMP4, with parts, for those who have read the one before.
    @Benchmark
    public String deltaUpdate(Volume volume) {
        return written(playlist.deltaUpdate(), volume);
    }

    /// MPEG-TS.
    @Benchmark
    public String mpegTs(Volume volume) {
        return written(playlist.text(SegmentForm.MPEG_TS), volume);
    }

    private static String written(String text, Volume volume) {
        volume.add(text.length(), /* moreItems= */ 1);
        return text;
    }

    private static MediaPlaylist afterAWhile(RecordedLoop loop) {
        Lister lister = new Lister();
        Broadcast broadcast = new Broadcast(loop, lister);
        for (int ms = 0; ms < WINDOW_MS; ms += loop.lengthMs()) {
            broadcast.round();
        }
        return lister.generations.getFirst().playlist().orElseThrow();
    }

    /// Lists what it gets, and gives it back.
    private static final class Lister implements PackagerListener {
        private static final String INIT_NAME = "init-1";

        private final List<Generation> generations = new ArrayList<>();

        @Override
        public void generation(List<Track> tracks) {
            generations.addAll(Generation.of("1", "k3x9", tracks, /* firstMediaSequence= */ 1));
        }

        @Override
        public void part(Part part) {
            generations.getFirst().add(part, INIT_NAME);
            part.bytes().release();
            part.transportStream().ifPresent(ByteBuf::release);
        }

        @Override
        public void segment(Segment segment) {
            part(segment.lastPart());
            generations.getFirst().add(segment, INIT_NAME);
            segment.fragmentedMp4().release();
            segment.transportStream().ifPresent(ByteBuf::release);
        }
    }
}
