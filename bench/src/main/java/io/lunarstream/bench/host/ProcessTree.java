package io.lunarstream.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Processes and all that they have started: what a server consists of. Linux only.
///
/// @param pids of those that have started the others
public record ProcessTree(List<Long> pids) {
    public ProcessTree {
        pids = List.copyOf(pids);
    }

    /// One process, and what it has started.
    public static ProcessTree of(long pid) {
        return new ProcessTree(List.of(pid));
    }

    /// Both.
    public ProcessTree and(ProcessTree other) {
        return new ProcessTree(Stream.concat(pids.stream(), other.pids.stream()).toList());
    }

    /// What all of it has used so far.
    public Usage usage() {
        return pids.stream()
                .map(ProcessHandle::of)
                .flatMap(Optional::stream)
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
