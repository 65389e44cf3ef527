package io.lunarstream.bench.peer;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.ProcessTree;
import io.lunarstream.bench.host.Program;
import io.lunarstream.bench.host.Workspace;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A server that is not ours, by its adapter file.
public final class Peer implements Contender {
    private final Adapter adapter;
    private final Path installed;

    /// @param file its adapter
    /// @param installed where what is installed for peers lies: the word `{installed}`
    public Peer(Path file, Path installed) {
        this.adapter = Adapter.read(file);
        this.installed = installed;
    }

    /// All peers of a folder, in the order of their files' names.
    public static List<Peer> in(Path folder, Path installed) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".properties"))
                    .sorted()
                    .map(file -> new Peer(file, installed))
                    .toList();
        } catch (IOException e) {
            throw new BenchException("no peers in " + folder, e);
        }
    }

    @Override
    public String name() {
        return adapter.name();
    }

    @Override
    public String command() {
        return Adapter.filledIn(String.join(" ", adapter.startCommand()), Map.of("folder", "."));
    }

    @Override
    public int maxPublishers() {
        return adapter.maxPublishers();
    }

    @Override
    public Optional<String> missing() {
        return adapter.needs().stream()
                .map(this::filledIn)
                .filter(need -> !isThere(need))
                .findFirst();
    }

    private String filledIn(String text) {
        return Adapter.filledIn(
                text,
                Map.of(
                        "installed",
                        installed.toString(),
                        "adapter",
                        adapter.folder().toString()));
    }

    private static boolean isThere(String need) {
        if (need.contains(File.separator)) {
            return Files.exists(Path.of(need));
        }
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, need)));
    }

    @Override
    public String version() {
        if (adapter.versionCommand().isEmpty()) {
            return adapter.name();
        }
        List<String> command =
                adapter.versionCommand().stream().map(this::filledIn).toList();
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (Stream<String> lines = process.inputReader().lines()) {
                return lines.filter(line -> !line.isBlank()).findFirst().orElse(adapter.name());
            }
        } catch (IOException e) {
            throw new BenchException("no version of " + adapter.name(), e);
        }
    }

    @Override
    public RunningServer start(Workspace workspace) throws InterruptedException {
        Map<String, String> words = words(workspace);
        for (String file : adapter.files()) {
            layOut(file, workspace.folder(), words);
        }
        List<String> command = adapter.startCommand().stream()
                .map(word -> Adapter.filledIn(word, words))
                .toList();
        Program program = workspace.start(command, Map.of());
        String rtmp = Adapter.filledIn(adapter.rtmp(), words);
        String hls = Adapter.filledIn(adapter.hls(), words);
        int port = URI.create(rtmp.replace("{stream}", "x")).getPort();
        program.awaitListening(port);
        return new RunningServer(
                adapter.pidFile()
                        .map(file -> processOf(workspace.folder().resolve(file)))
                        .orElse(program.processes()),
                new Templates(rtmp, hls));
    }

    private Map<String, String> words(Workspace workspace) {
        Map<String, String> words = new HashMap<>();
        words.put("folder", workspace.folder().toString());
        words.put("adapter", adapter.folder().toString());
        words.put("installed", installed.toString());
        words.put("user", System.getProperty("user.name"));
        for (String port : List.of("rtmp-port", "http-port", "other-port")) {
            words.put(port, Integer.toString(Workspace.freePort()));
        }
        return words;
    }

    private void layOut(String file, Path folder, Map<String, String> words) {
        try {
            String text = Files.readString(adapter.folder().resolve(file));
            Files.writeString(folder.resolve(file), Adapter.filledIn(text, words));
        } catch (IOException e) {
            throw new BenchException("no file " + file + " of " + adapter.name(), e);
        }
    }

    private static ProcessTree processOf(Path pidFile) {
        try {
            return ProcessTree.of(Long.parseLong(Files.readString(pidFile).strip()));
        } catch (IOException | NumberFormatException e) {
            throw new BenchException("no process id in " + pidFile, e);
        }
    }

    /// Addresses with `{stream}` in them. Whatever is published needs no leave.
    private record Templates(String rtmp, String hls) implements RunningServer.Livestreams {
        @Override
        public Livestream create(String name) {
            return new Livestream(
                    name, rtmp.replace("{stream}", name), URI.create(hls.replace("{stream}", name)), Optional.empty());
        }

        /// A new one: the playlist of the old one would still be there.
        @Override
        public Livestream again(Livestream livestream) {
            return create(livestream.id() + "-again");
        }
    }
}
