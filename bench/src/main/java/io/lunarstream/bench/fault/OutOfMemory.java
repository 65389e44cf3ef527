package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.Lab.Start;
import io.lunarstream.bench.fault.Stage.Witnessed;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The Java heap is full: more publishers than a small one holds.
final class OutOfMemory implements Fault {
    private static final Start SMALL =
            new Start(List.of(), Map.of("JAVA_OPTS", "-Xmx40m -XX:MaxDirectMemorySize=512m"));
    private static final int EXIT_CODE = 3;
    private static final Duration TIME_TO_FILL = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "heap";
    }

    @Override
    public Finding run(Lab lab) throws InterruptedException {
        try (Stage stage = lab.stage(2, SMALL)) {
            TestedServer.Log log = stage.server().log();
            HeapEater eater = new HeapEater(stage.server());
            int exit;
            try (eater) {
                exit = stage.server().program().awaitEnd(TIME_TO_FILL);
            }
            Witnessed during = stage.witnessed();
            stage.expect(exit == EXIT_CODE, "exit code " + exit + " instead of " + EXIT_CODE);
            String lastWords = lastWords(log);
            stage.expect(!lastWords.isEmpty(), "no line that says what to do");
            stage.restart(Start.USUAL);
            Witnessed back = stage.watch(Duration.ofSeconds(10));
            Witnessed after = stage.watch(Duration.ofSeconds(10));
            stage.expect(after.viewers().count("segment 200") > 0, "viewers get nothing after the restart");
            stage.expect(after.encoders().counts().isEmpty(), "encoders do not stay after the restart");
            return new Finding(
                    name(),
                    "`JAVA_OPTS=-Xmx40m`, requests with bodies of 64 KiB that never end, until it fails",
                    during.text(),
                    "exit code " + exit + "; last line: `" + lastWords + "`",
                    startedAgain(stage, back, after),
                    stage.wrong());
        }
    }

    /// What stands in the log for whoever has to give it more.
    static String lastWords(TestedServer.Log log) {
        return log.lines().stream()
                .filter(line -> line.contains("ut of memory: give it more") && !line.startsWith("#"))
                .findFirst()
                .orElse("");
    }

    /// How it went on after a restart.
    static String startedAgain(Stage stage, Witnessed back, Witnessed after) throws InterruptedException {
        return "Started again: no viewer was without a new segment for more than %.1f s. %s %s"
                .formatted(back.longestWaitMs() / 1e3, stage.acknowledged(), after.text());
    }
}
