package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.Lab.Start;
import io.lunarstream.bench.fault.PlaylistSeen.Segment;
import io.lunarstream.bench.fault.Stage.Witnessed;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Livestream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The wall clock of the server, and of nothing else, steps by an hour forth and back: `bench/faults/clock-step.c`.
/// Clocks that only go on are left alone, as they are by a real step.
final class ClockSteps implements Fault {
    private static final Duration EACH = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public Finding run(Lab lab) throws InterruptedException {
        try (Workspace workspace = lab.workspace()) {
            Path step = workspace.folder().resolve("step");
            write(step, "0");
            Path library = lab.library("clock-step", workspace);
            Map<String, String> settings = Map.of("LD_PRELOAD", library.toString(), "CLOCK_STEP", step.toString());
            Start start = new Start(List.of(), settings);
            try (Stage stage = lab.stage(2, start)) {
                return run(lab, stage, step);
            }
        }
    }

    private Finding run(Lab lab, Stage stage, Path step) throws InterruptedException {
        TestedServer.Log log = stage.server().log();
        Livestream hour = stage.server().api().create("token-of-an-hour");
        write(step, "3600");
        Witnessed ahead = stage.watch(EACH);
        stage.expectHealthy(ahead);
        String whenAhead = publish(lab, hour);
        stage.expect(whenAhead.contains("EXPIRED_PUSH_TOKEN"), "a token was taken after its time");
        String jumps = "Program date times: " + jumps(stage) + " after the first step";
        write(step, "0");
        String whenBack = publish(lab, hour);
        stage.expect(whenBack.isEmpty(), "a token was refused that was good again");
        Witnessed behind = stage.watch(EACH);
        stage.expectHealthy(behind);
        jumps += ", " + jumps(stage) + " after both.";
        Witnessed after = stage.watch(Duration.ofSeconds(10));
        stage.expectHealthy(after);
        return new Finding(
                name(),
                "`LD_PRELOAD`: the wall clock of the server alone is 1 h ahead, 20 s later back again; push tokens of"
                        + " 12 h",
                "Ahead: " + ahead.text() + " Back again: " + behind.text() + " " + jumps
                        + " A push token of an hour was refused while the clock was ahead, and taken afterwards.",
                log.text(),
                after.text() + " " + stage.acknowledged(),
                stage.wrong());
    }

    /// Publishes for two seconds.
    ///
    /// @return why not; empty if the encoder was let in
    private static String publish(Lab lab, Livestream livestream) throws InterruptedException {
        Lab.Ended ended = lab.run(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-re",
                "-t",
                "2",
                "-i",
                lab.clip().toString(),
                "-c",
                "copy",
                "-f",
                "flv",
                livestream.publishAddress());
        return ended.code() == 0 ? "" : "refused: " + ended.words();
    }

    /// The largest step forth and back between two segments that follow each other, beyond what they last.
    private static String jumps(Stage stage) {
        long most = 0;
        long least = 0;
        for (Viewer viewer : stage.viewers()) {
            List<Segment> segments = viewer.fetched();
            for (int i = 1; i < segments.size(); i++) {
                Instant before = segments.get(i - 1).at().orElse(Instant.EPOCH);
                Instant at = segments.get(i).at().orElse(Instant.EPOCH);
                long seconds = Duration.between(before, at).toSeconds();
                most = Math.max(most, seconds);
                least = Math.min(least, seconds);
            }
        }
        return "%+d s and %+d s at most from one segment to the next".formatted(most, least);
    }

    private static void write(Path file, String word) {
        try {
            Files.writeString(file, word);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
