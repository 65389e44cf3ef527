package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.Lab.Start;
import io.lunarstream.bench.fault.Stage.Witnessed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// No space is left for the database and for media.
final class DiskFull implements Fault {
    private static final Start SMALL_DISK = new Start(
            List.of(
                    "unshare",
                    "--mount",
                    "sh",
                    "-c",
                    "mkdir data && mount -t tmpfs -o size=160m tmpfs data && exec \"$@\"",
                    "sh"),
            Map.of());
    private static final Duration LENGTH = Duration.ofSeconds(40);

    @Override
    public String name() {
        return "disk-full";
    }

    @Override
    public Finding run(Lab lab) throws InterruptedException {
        lab.requireRoot();
        lab.command("unshare", "--mount", "true");
        try (Stage stage = lab.stage(2, SMALL_DISK)) {
            TestedServer.Log log = stage.server().log();
            Path filler = stage.server().dataDir().resolve("filler");
            long startNs = System.nanoTime();
            while (System.nanoTime() - startNs < LENGTH.toNanos()) {
                fill(filler);
                TimeUnit.MILLISECONDS.sleep(200);
            }
            Witnessed during = stage.witnessed();
            String signs = DiskSigns.of(stage, log);
            stage.expect(during.partner().countOf("create 503 UNAVAILABLE") > 0, "no write was refused by 503");
            DiskSigns.expectPlayback(stage, during);
            delete(filler);
            Witnessed back = stage.watch(Duration.ofSeconds(25));
            Witnessed after = stage.watch(Duration.ofSeconds(10));
            stage.expectHealthy(after);
            return new Finding(
                    name(),
                    "data directory on a `tmpfs` of 160 MB, which a file fills to the last byte for 40 s",
                    during.text(),
                    signs,
                    DiskSigns.recovery(stage, log, back),
                    stage.wrong());
        }
    }

    /// Takes what has become free since.
    private static void fill(Path filler) {
        try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] zeros = new byte[4_096];
            while (true) {
                out.write(zeros);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw new IllegalStateException("cannot fill the disk", e);
            }
        }
    }

    private static void delete(Path filler) {
        try {
            Files.delete(filler);
        } catch (IOException e) {
            throw new IllegalStateException("cannot free the disk", e);
        }
    }
}
