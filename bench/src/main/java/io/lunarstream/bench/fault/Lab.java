package io.lunarstream.bench.fault;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where faults are made: the tree, the clip that encoders send, the programs of the machine.
///
/// @param root of the tree
/// @param clip what encoders send
record Lab(Path root, Path clip) {
    /// Where everything that is not kept lies.
    static Path target(Path root) {
        return root.resolve("bench").resolve("target");
    }

    /// A new folder on the disk of the tree.
    Workspace workspace() {
        return Workspace.in(target(root).resolve("runs"));
    }

    /// The launcher.
    String launcher() {
        return root.resolve("lunar").toAbsolutePath().toString();
    }

    /// Mounts, namespaces of our own and other users' limits are for root.
    void requireRoot() {
        if (!System.getProperty("user.name", "").equals("root")) {
            throw new NotHereException("only root may do that");
        }
    }

    /// A program of the machine.
    ///
    /// @throws NotHereException if there is none of that name
    void require(String program) {
        boolean there = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!there) {
            throw new NotHereException("no " + program);
        }
    }

    /// What is put before the C library of a server, made from `bench/faults`.
    ///
    /// @throws NotHereException if this machine has no C compiler
    Path library(String name, Workspace workspace) throws InterruptedException {
        require("cc");
        Path library = workspace.folder().resolve(name + ".so");
        Path source = root.resolve("bench/faults/" + name + ".c").toAbsolutePath();
        command("cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl");
        return library;
    }

    /// What a command has said, and how it has ended.
    record Ended(int code, String words) {}

    /// Runs a command of the machine to its end.
    ///
    /// @throws NotHereException with its words, if it fails
    void command(String... command) throws InterruptedException {
        Ended ended = run(command);
        if (ended.code() != 0) {
            throw new NotHereException(command[0] + ": " + ended.words());
        }
    }

    /// Runs a command of the machine to its end, whatever that is.
    Ended run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), words.strip().replace("\n", " "));
        } catch (IOException e) {
            throw new BenchException("cannot start " + command[0], e);
        }
    }

    /// A server with its defaults, encoders, viewers and a partner, all of them at work.
    Stage stage(int streams) throws InterruptedException {
        return stage(streams, Start.USUAL);
    }

    /// A server that is started in a certain way, encoders, viewers and a partner, all of them at work.
    Stage stage(int streams, Start start) throws InterruptedException {
        return Stage.set(this, start, streams);
    }

    /// How a server is started.
    ///
    /// @param wrapper a command that starts the one that follows it, such as `prlimit --nofile=400`
    /// @param settings of its environment, beside those that take free ports
    record Start(List<String> wrapper, Map<String, String> settings) {
        static final Start USUAL = new Start(List.of(), Map.of());

        Start {
            wrapper = List.copyOf(wrapper);
            settings = Map.copyOf(settings);
        }
    }
}
