package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.Lab.Start;
import io.lunarstream.bench.fault.Stage.Witnessed;
import io.lunarstream.bench.host.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A disk that takes nothing, or takes its time, by a library before the C library: `bench/faults/bad-disk.c`.
final class BadDisk implements Fault {
    private static final Duration LENGTH = Duration.ofSeconds(30);

    private final String mode;
    private final String made;

    private BadDisk(String mode, String made) {
        this.mode = mode;
        this.made = made;
    }

    static BadDisk readOnly() {
        return new BadDisk(
                "read-only", "`LD_PRELOAD`: whatever changes a file of the data directory fails with `EROFS`");
    }

    static BadDisk slow() {
        return new BadDisk(
                "slow", "`LD_PRELOAD`: each write to the data directory takes 100 ms more, each `fsync` 2 s");
    }

    @Override
    public String name() {
        return "disk-" + mode;
    }

    @Override
    public Finding run(Lab lab) throws InterruptedException {
        try (Workspace workspace = lab.workspace()) {
            Path library = lab.library("bad-disk", workspace);
            Path word = workspace.folder().resolve("mode");
            Start start = new Start(
                    List.of("sh", "-c", "BAD_DISK_DIR=$PWD/data exec \"$@\"", "sh"),
                    Map.of("LD_PRELOAD", library.toString(), "BAD_DISK_MODE", word.toString()));
            try (Stage stage = lab.stage(2, start)) {
                return run(stage, word);
            }
        }
    }

    private Finding run(Stage stage, Path word) throws InterruptedException {
        TestedServer.Log log = stage.server().log();
        write(word, mode);
        Witnessed during = stage.watch(LENGTH);
        String signs = DiskSigns.of(stage, log);
        stage.expect(
                during.partner().countOf("create 5") > 0 || during.partner().quantileMs(0.5) > 1_000,
                "the fault was not made");
        DiskSigns.expectPlayback(stage, during);
        write(word, "");
        Witnessed back = stage.watch(Duration.ofSeconds(25));
        Witnessed after = stage.watch(Duration.ofSeconds(10));
        stage.expectHealthy(after);
        String recovery = DiskSigns.recovery(stage, log, back);
        return new Finding(name(), made + ", for 30 s", during.text(), signs, recovery, stage.wrong());
    }

    private static void write(Path file, String word) {
        try {
            Files.writeString(file, word);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
