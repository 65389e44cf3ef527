package io.lunarstream.bench;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Program;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Contender;
import io.lunarstream.bench.peer.Livestream;
import io.lunarstream.bench.peer.RunningServer;
import io.lunarstream.bench.report.Numbers;
import io.lunarstream.bench.report.Rounds;
import io.lunarstream.bench.report.Section;
import io.lunarstream.bench.report.Table;
import io.lunarstream.bench.viewer.LivePlaylist;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;

/// How long after an encoder has begun there is something to play, and how far behind viewers are from then on.
final class LatencyBenchmark implements Benchmark {
    private static final String NAME = "latency";

    /// How long the first broadcast goes on after its first segment: for two more keyframes. A server that remembers
    /// their interval knows it then.
    private static final Duration GOES_ON = Duration.ofSeconds(5);

    /// Four minutes with two peers.
    private static final int ROUNDS = 5;

    /// A quarter of an hour.
    private static final int LIVE_ROUNDS = 3;

    /// Times of one server since an encoder was told to begin, in milliseconds.
    private record Times(Rounds firstSegmentMs, Rounds firstSegmentAgainMs, Rounds firstPartAgainMs) {
        Times() {
            this(new Rounds(), new Rounds(), new Rounds());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Section run(Bench bench) throws InterruptedException {
        List<Contender> contenders = bench.contenders();
        Path clip = Clip.in(bench.target());
        Map<Contender, Times> times = new LinkedHashMap<>();
        contenders.forEach(contender -> times.put(contender, new Times()));
        for (int round = 0; round < (bench.quick() ? 1 : ROUNDS); round++) {
            for (Contender contender : Bench.inRound(round, contenders)) {
                measure(bench, clip, contender, times.computeIfAbsent(contender, _ -> new Times()));
            }
        }
        LiveLatency live = new LiveLatency(bench, clip);
        for (int round = 0; round < (bench.quick() ? 1 : LIVE_ROUNDS); round++) {
            for (Contender contender : Bench.inRound(round, Bench.withReference(contenders))) {
                live.measure(contender);
            }
        }
        return section(bench, contenders, times, live);
    }

    private static void measure(Bench bench, Path clip, Contender contender, Times times) throws InterruptedException {
        try (Workspace workspace = bench.workspace()) {
            RunningServer server = contender.start(workspace);
            ClipEncoder encoder = new ClipEncoder(clip.toAbsolutePath());
            Livestream livestream = server.livestreams().create("latency");
            Program sending = broadcast(workspace, encoder, livestream, times.firstSegmentMs(), new Rounds());
            Thread.sleep(GOES_ON);
            Livestream again = server.livestreams().again(livestream);
            sending.close();
            Program _ = broadcast(workspace, encoder, again, times.firstSegmentAgainMs(), times.firstPartAgainMs());
        } catch (BenchException e) {
            Bench.say(contender.name() + ": " + e.getMessage());
        }
    }

    /// @return the encoder, which goes on
    private static Program broadcast(
            Workspace workspace, ClipEncoder encoder, Livestream livestream, Rounds firstSegmentMs, Rounds firstPartMs)
            throws InterruptedException {
        encoder.warmUp(workspace);
        long startNs = System.nanoTime();
        Program sending = encoder.start(workspace, livestream.publishAddress());
        CompletableFuture<Double> part = livestream
                .lowLatencyPlaylist()
                .map(playlist -> CompletableFuture.supplyAsync(() -> firstPartMs(playlist, startNs)))
                .orElseGet(() -> CompletableFuture.failedFuture(new BenchException("no parts")));
        new LivePlaylist(livestream.playlist())
                .await(
                        "a segment",
                        seen -> seen.isLive() && seen.newestSegment().isPresent());
        double segmentMs = millisecondsSince(startNs);
        firstSegmentMs.add(segmentMs);
        Bench.say("%s ms to the first segment".formatted(Numbers.text(segmentMs)));
        part.thenAccept(ms -> {
                    firstPartMs.add(ms);
                    Bench.say("%s ms to the first part".formatted(Numbers.text(ms)));
                })
                .exceptionally(_ -> null)
                .join();
        return sending;
    }

    private static double firstPartMs(URI playlist, long startNs) {
        try {
            LivePlaylist.Seen _ =
                    new LivePlaylist(playlist).await("a part", seen -> seen.isLive() && seen.listsParts());
            return millisecondsSince(startNs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    private static double millisecondsSince(long startNs) {
        return (System.nanoTime() - startNs) / 1e6;
    }

    private static Section section(
            Bench bench, List<Contender> contenders, Map<Contender, Times> times, LiveLatency live) {
        OptionalDouble reference = times.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(Bench.REFERENCE))
                .map(entry -> entry.getValue().firstSegmentAgainMs().median())
                .findFirst()
                .orElse(OptionalDouble.empty());
        Table table = new Table(
                "server",
                "first broadcast: segment, ms",
                "later broadcast: segment, ms",
                "of " + Bench.REFERENCE,
                "later broadcast: part, ms",
                "of " + Bench.REFERENCE + "'s segment");
        times.forEach((contender, one) -> table.add(
                contender.name(),
                Numbers.text(one.firstSegmentMs().median()),
                Numbers.text(one.firstSegmentAgainMs().median()),
                Numbers.ratio(one.firstSegmentAgainMs().median(), reference),
                Numbers.text(one.firstPartAgainMs().median()),
                Numbers.ratio(one.firstPartAgainMs().median(), reference)));
        String text = """
                From the start of an encoder to the first playlist that lists a segment, or a part. The encoder is
                FFmpeg, which sends %s as they are.
                A later broadcast is one whose keyframe interval can be known from the one before; %d rounds, each
                with a server that has just been started.

                %s
                %s
                %s""".formatted(
                        Clip.DESCRIPTION,
                        bench.quick() ? 1 : ROUNDS,
                        bench.circumstances(NAME, contenders),
                        table.markdown(),
                        live.text());
        return new Section(NAME, text, Map.of());
    }
}
