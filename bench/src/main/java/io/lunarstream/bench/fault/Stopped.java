package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.Stage.Witnessed;
import java.time.Duration;

/// The process stands still for a while, as under a debugger, in a virtual machine that is moved, or without swap.
final class Stopped implements Fault {
    private static final Duration LENGTH = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "stopped";
    }

    @Override
    public Finding run(Lab lab) throws InterruptedException {
        try (Stage stage = lab.stage(2)) {
            TestedServer.Log log = stage.server().log();
            String pid = Long.toString(stage.server().pid());
            lab.command("kill", "-STOP", pid);
            Witnessed during;
            try {
                during = stage.watch(LENGTH);
            } finally {
                lab.command("kill", "-CONT", pid);
            }
            Witnessed back = stage.watch(Duration.ofSeconds(12));
            Witnessed after = stage.watch(Duration.ofSeconds(10));
            stage.expect(back.viewers().countOf("wrong") == 0, "a playlist broke its promises");
            stage.expectHealthy(after);
            return new Finding(
                    name(),
                    "`SIGSTOP`, 30 s later `SIGCONT`",
                    during.text(),
                    log.text() + "; no answer from the management port meanwhile",
                    "Within 12 s of `SIGCONT`: " + back.text() + " " + stage.acknowledged(),
                    stage.wrong());
        }
    }
}
