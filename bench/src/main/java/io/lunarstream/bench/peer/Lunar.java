package io.lunarstream.bench.peer;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Program;
import io.lunarstream.bench.host.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Our server, as `./lunar up` starts it, with its defaults.
public final class Lunar implements Contender {
    private static final Duration TIME_TO_START = Duration.ofSeconds(60);

    /// So many livestreams are made in a minute, and so many requests sent, that the limits would end the
    /// measurement.
    private static final Map<String, String> UNLIMITED = Map.of(
            "LUNAR_RATE_LIMITS_PARTNER_REQUESTS", "1000000000",
            "LUNAR_RATE_LIMITS_PUBLIC_REQUESTS", "1000000000");

    private static final Pattern REVISION = Pattern.compile("<revision>(.*)</revision>");

    private final Path launcher;
    private final String version;

    /// @param root of the tree, where `lunar` lies
    public Lunar(Path root, String version) {
        this.launcher = root.resolve("lunar").toAbsolutePath();
        this.version = version;
    }

    /// That of a tree.
    public static Lunar in(Path root) {
        try {
            Matcher revision = REVISION.matcher(Files.readString(root.resolve("pom.xml")));
            return new Lunar(root, revision.find() ? revision.group(1) : "");
        } catch (IOException e) {
            throw new BenchException("no tree in " + root, e);
        }
    }

    @Override
    public String name() {
        return "Lunar Stream";
    }

    @Override
    public String version() {
        return "Lunar Stream " + version;
    }

    @Override
    public String command() {
        return "./lunar up";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public int maxPublishers() {
        return Adapter.NO_LIMIT;
    }

    @Override
    public RunningServer start(Workspace workspace) throws InterruptedException {
        Program program = launch(workspace, "data", Map.of());
        LunarApi api = LunarApi.of(workspace.folder().resolve("data"));
        return new RunningServer(program.processes(), api);
    }

    /// Starts a process of ours and waits for its `ready`.
    ///
    /// @param data its data folder's name in the workspace
    /// @param settings beside those that lift the rate limits and take free ports
    public Program launch(Workspace workspace, String data, Map<String, String> settings) throws InterruptedException {
        List<String> command = List.of(
                launcher.toString(),
                "up",
                "--data-dir",
                workspace.folder().resolve(data).toString());
        Map<String, String> all = new HashMap<>(UNLIMITED);
        for (String port : List.of("HTTP", "RTMP", "MANAGEMENT")) {
            all.put("LUNAR_" + port + "_PORT", "0");
        }
        all.putAll(settings);
        Program program = workspace.start(command, all);
        program.awaitReady(
                "server of ours that is ready",
                TIME_TO_START,
                () -> program.output().lines().anyMatch(line -> line.strip().equals("ready")));
        return program;
    }
}
