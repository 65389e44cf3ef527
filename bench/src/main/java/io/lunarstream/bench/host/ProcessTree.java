package io.lunarstream.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// A process and all that it has started: what a server consists of. Linux only.
public record ProcessTree(long pid) {

    /// What all of it has used so far.
    public Usage usage() {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(process -> usage(process.pid()))
                .reduce(new Usage(0, 0), Usage::plus);
    }

    /// Nothing if the process has ended meanwhile: its time is its parent's then.
    private static Usage usage(long pid) {
        try {
            return Usage.parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (IOException _) {
            return new Usage(0, 0);
        }
    }
}
