package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.Lab.Start;
import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Program;
import io.lunarstream.bench.host.Usage;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.LunarApi;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A server of ours to which something is done: a process of `./lunar up`, what it says, and what its operator sees.
final class TestedServer {
    private static final Duration TIME_TO_START = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /// One partner works without a rest.
    private static final Map<String, String> UNLIMITED = Map.of(
            "LUNAR_RATE_LIMITS_PARTNER_REQUESTS", "1000000000",
            "LUNAR_RATE_LIMITS_PUBLIC_REQUESTS", "1000000000");

    private static final int MOST_SHOWN = 3;
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;

    private final Program program;
    private final Path dataDir;
    private final Ports ports;

    /// Ports of loopback.
    record Ports(int http, int rtmp, int management) {
        /// Ports that nobody listens on, and below those that the kernel gives to connections: some faults take many.
        static Ports free() {
            int[] free = new SecureRandom()
                    .ints(FIRST_PORT, LAST_PORT)
                    .distinct()
                    .filter(Ports::isFree)
                    .limit(3)
                    .toArray();
            return new Ports(free[0], free[1], free[2]);
        }

        private static boolean isFree(int port) {
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.isBound();
            } catch (IOException _) {
                return false;
            }
        }
    }

    private TestedServer(Program program, Path dataDir, Ports ports) {
        this.program = program;
        this.dataDir = dataDir;
        this.ports = ports;
    }

    /// Starts a server and waits for its `ready`.
    static TestedServer start(Lab lab, Workspace workspace, Start how, Ports ports) throws InterruptedException {
        Path dataDir = dataDir(workspace);
        List<String> command = new ArrayList<>(how.wrapper());
        command.addAll(List.of(lab.launcher(), "up", "--data-dir", dataDir.toString()));
        Map<String, String> settings = new HashMap<>(UNLIMITED);
        settings.put("LUNAR_HTTP_PORT", Integer.toString(ports.http()));
        settings.put("LUNAR_RTMP_PORT", Integer.toString(ports.rtmp()));
        settings.put("LUNAR_MANAGEMENT_PORT", Integer.toString(ports.management()));
        settings.put("LUNAR_PUBLIC_URL", "http://127.0.0.1:" + ports.http());
        settings.putAll(how.settings());
        Program program = workspace.start(command, settings);
        program.awaitReady(
                "server that is ready",
                TIME_TO_START,
                () -> program.output().lines().anyMatch(line -> line.strip().equals("ready")));
        return new TestedServer(program, dataDir, ports);
    }

    /// The data directory of the server of a workspace, as the server sees it.
    static Path dataDir(Workspace workspace) {
        return workspace.folder().resolve("data");
    }

    /// The JVM: what was started has become it, or has started it.
    long pid() {
        long started = program.processes().pids().getFirst();
        return Stream.concat(
                        ProcessHandle.of(started).stream(),
                        ProcessHandle.of(started).stream().flatMap(ProcessHandle::descendants))
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElse(started);
    }

    Program program() {
        return program;
    }

    Ports ports() {
        return ports;
    }

    /// The data directory, also if it lies in a namespace of the server's own.
    Path dataDir() {
        return Path.of("/proc", Long.toString(pid()), "root")
                .resolve(dataDir.toString().substring(1));
    }

    LunarApi api() {
        return LunarApi.of(dataDir());
    }

    /// CPU and memory so far.
    Usage usage() {
        return program.processes().usage();
    }

    /// How many file descriptors are open.
    int openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
            return (int) files.count();
        } catch (IOException e) {
            throw new BenchException("the server has gone: " + program.lastWords(), e);
        }
    }

    /// What a metric says now; its samples' sum if it has several.
    OptionalDouble metric(String name) {
        List<Double> samples = get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
        return samples.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        samples.stream().mapToDouble(sample -> sample).sum());
    }

    /// What the load balancer sees, such as `200`.
    String ready() {
        try {
            return Integer.toString(get("/health/ready").statusCode());
        } catch (BenchException _) {
            return "no answer";
        }
    }

    private HttpResponse<String> get(String path) {
        URI address = URI.create("http://127.0.0.1:" + ports.management() + path);
        try {
            return HTTP.send(HttpRequest.newBuilder(address).timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new BenchException("no answer from " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    /// How much it has said so far.
    Log log() {
        return new Log(program.output().length());
    }

    /// What it says from some moment on.
    final class Log {
        private final int from;

        private Log(int from) {
            this.from = from;
        }

        /// All lines since.
        List<String> lines() {
            return program.output().substring(from).lines().toList();
        }

        /// Warnings and errors since.
        List<String> troubles() {
            return lines().stream()
                    .filter(line -> line.matches(".*Z (WARN |ERROR) .*"))
                    .toList();
        }

        /// Warnings and errors since, each kind once, without times, ids and folders, in quotation marks.
        String text() {
            List<String> kinds = troubles().stream()
                    .map(line -> line.replaceFirst("^\\S+ +", "").replace(dataDir.toString(), "DATA_DIR"))
                    .map(line -> line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}", "ID"))
                    .map(line -> line.replaceAll("(\\d+\\.){3}\\d+(:\\d+)?", "ADDRESS"))
                    .distinct()
                    .toList();
            String shown = kinds.stream()
                    .limit(MOST_SHOWN)
                    .map(line -> "`" + line + "`")
                    .collect(Collectors.joining(", "));
            String more = kinds.size() > MOST_SHOWN ? " and " + (kinds.size() - MOST_SHOWN) + " more kinds" : "";
            return "log, %d lines, %d of them warnings: %s%s"
                    .formatted(lines().size(), troubles().size(), shown.isEmpty() ? "none" : shown, more);
        }
    }
}
