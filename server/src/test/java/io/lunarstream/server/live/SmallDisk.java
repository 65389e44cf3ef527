package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A disk in memory of a few megabytes, mounted on a folder. Mounting is for root alone, as the tests are run in CI.
final class SmallDisk implements AutoCloseable {
    private final Path folder;

    SmallDisk(Path folder, int megabytes) {
        this.folder = folder;
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
    }

    /// Takes all the room that is left.
    void fill() {
        try {
            Files.write(folder.resolve("filler"), new byte[(int) freeBytes()]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Gives the room back.
    void empty() {
        try {
            Files.delete(folder.resolve("filler"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nothing can be created or deleted on it. A second, read-only mount of it lies over the first: the first cannot
    /// become read-only while files are open.
    void readOnly(boolean readOnly) {
        if (readOnly) {
            run("mount", "--bind", folder.toString(), folder.toString());
            run("mount", "-o", "remount,bind,ro", folder.toString());
        } else {
            run("umount", folder.toString());
        }
    }

    private long freeBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    @Override
    public void close() {
        run("umount", folder.toString());
    }

    private static void run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
