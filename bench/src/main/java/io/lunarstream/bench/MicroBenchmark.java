package io.lunarstream.bench;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.micro.Jmh;
import io.lunarstream.bench.micro.Measured;
import io.lunarstream.bench.report.Numbers;
import io.lunarstream.bench.report.Section;
import io.lunarstream.bench.report.Table;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How fast the classes are that every byte of a broadcast goes through, and what they leave to the garbage collector.
final class MicroBenchmark implements Benchmark {
    private static final String NAME = "micro";

    /// Four minutes.
    private static final Jmh FULL =
            new Jmh(/* forks= */ 2, /* warmUps= */ 3, /* iterations= */ 5, /* secondsEach= */ 2);

    private static final Jmh QUICK =
            new Jmh(/* forks= */ 1, /* warmUps= */ 1, /* iterations= */ 1, /* secondsEach= */ 1);

    /// What is measured, in the order of a sample's way.
    private enum Work {
        CHUNKS("ChunkReading.chunks", "RTMP chunks to messages", "samples"),
        MPEG_TS("Muxing.mpegTs", "messages to MPEG-TS", "samples"),
        FRAGMENTED_MP4("Muxing.fragmentedMp4", "messages to fMP4", "samples"),
        BOTH_FORMS("Packaging.bothForms", "RTMP chunks to parts and segments of both forms", "samples"),
        PLAYLIST_WITH_PARTS("PlaylistWriting.fragmentedMp4", "playlist with parts", "playlists"),
        DELTA_UPDATE("PlaylistWriting.deltaUpdate", "playlist with parts, as a delta update", "playlists"),
        PLAYLIST("PlaylistWriting.mpegTs", "playlist without parts", "playlists");

        final String benchmark;
        final String words;
        final String items;

        Work(String benchmark, String words, String items) {
            this.benchmark = benchmark;
            this.words = words;
            this.items = items;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Section run(Bench bench) throws InterruptedException {
        Jmh jmh = bench.quick() ? QUICK : FULL;
        Bench.say("JMH says how it goes in " + bench.target().resolve("jmh.txt"));
        List<Measured> measured = jmh.run(bench.target(), Clip.in(bench.target()), Clip.LOOP_MS);
        return section(bench, jmh, measured.stream().collect(Collectors.toMap(Measured::name, Function.identity())));
    }

    private static Section section(Bench bench, Jmh jmh, Map<String, Measured> measured) {
        Table table = new Table("work", "MB/s", "items/s", "heap per operation, bytes", "heap per item, bytes");
        for (Work work : Work.values()) {
            Measured one = measured.get(work.benchmark);
            if (one == null) {
                throw new BenchException("JMH has not measured " + work.benchmark);
            }
            table.add(
                    work.words,
                    Numbers.text(one.bytesPerSecond() / 1e6),
                    Numbers.text(one.itemsPerSecond()) + " " + work.items,
                    Numbers.text(one.allocatedBytes()),
                    Numbers.text(one.allocatedBytesPerItem()));
        }
        String text = """
                One thread, by JMH, without sockets and files: means of %d iterations of %d s. An operation is a round
                of the clip, %d s of %s,
                or a playlist of a window that is full. MB are of what is read, or of the playlists written. Media lie
                in pooled memory beside the Java heap.

                %s
                %s""".formatted(
                        jmh.counted(),
                        jmh.secondsEach(),
                        Clip.LOOP_MS / 1_000,
                        Clip.DESCRIPTION,
                        bench.circumstances(NAME, List.of(bench.lunar())),
                        table.markdown());
        return new Section(NAME, text, Map.of());
    }
}
