package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.Lab.Start;
import io.lunarstream.bench.fault.Stage.Witnessed;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The memory outside the heap, where media are kept, is full: more publishers than it holds.
final class DirectMemory implements Fault {
    private static final Start SMALL = new Start(List.of(), Map.of("JAVA_OPTS", "-XX:MaxDirectMemorySize=28m"));
    private static final int STREAMS_TOO_MANY = 14;
    private static final int EXIT_CODE = 3;
    private static final Duration TIME_TO_FILL = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public Finding run(Lab lab) throws InterruptedException {
        try (Stage stage = lab.stage(1, SMALL)) {
            TestedServer.Log log = stage.server().log();
            stage.publish(STREAMS_TOO_MANY);
            int exit = stage.server().program().awaitEnd(TIME_TO_FILL);
            Witnessed during = stage.witnessed();
            stage.expect(exit == EXIT_CODE, "exit code " + exit + " instead of " + EXIT_CODE);
            String lastWords = OutOfMemory.lastWords(log);
            stage.expect(!lastWords.isEmpty(), "no line that says what to do");
            stage.restart(Start.USUAL);
            Witnessed back = stage.watch(Duration.ofSeconds(10));
            Witnessed after = stage.watch(Duration.ofSeconds(10));
            stage.expect(stage.allPlay(), "not all viewers play after the restart");
            return new Finding(
                    name(),
                    "`JAVA_OPTS=-XX:MaxDirectMemorySize=28m`, 15 encoders",
                    during.text(),
                    "exit code " + exit + "; last line: `" + lastWords + "`",
                    OutOfMemory.startedAgain(stage, back, after),
                    stage.wrong());
        }
    }
}
