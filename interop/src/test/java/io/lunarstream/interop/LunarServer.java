package io.lunarstream.interop;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The packaged program in a process of its own, on free ports, as `./lunar up` starts it.
final class LunarServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("..", "server", "target", "app");
    private static final Duration TIME_TO_START = Duration.ofSeconds(30);
    private static final Duration TIME_TO_DRAIN = Duration.ofSeconds(15);

    /// The tests of one server use one key and one address.
    private static final Map<String, String> UNLIMITED = Map.of(
            "LUNAR_RATE_LIMITS_PARTNER_REQUESTS", "1000000",
            "LUNAR_RATE_LIMITS_PUBLIC_REQUESTS", "1000000");

    private final ChildProcess process;
    private final Credentials credentials;
    private final PlaylistWatch watch;

    private LunarServer(ChildProcess process, Credentials credentials, PlaylistWatch watch) {
        this.process = process;
        this.credentials = credentials;
        this.watch = watch;
        watch.resume(credentials.httpUrl());
    }

    static LunarServer start(Path dataDir) {
        return start(dataDir, Map.of());
    }

    /// Starts the program and waits until it says `ready`.
    ///
    /// @param dataDir may hold what an earlier start has left there
    /// @param environment settings, such as `LUNAR_RECONNECT_WINDOW`
    static LunarServer start(Path dataDir, Map<String, String> environment, String... options) {
        return start(dataDir, environment, List.of("0", "0", "0"), options);
    }

    /// Starts the program again, after it has ended, on the ports that it had.
    static LunarServer startAgain(Path dataDir, Credentials before) {
        return startAgain(dataDir, before, Map.of());
    }

    static LunarServer startAgain(Path dataDir, Credentials before, Map<String, String> environment) {
        int http = URI.create(before.apiUrl()).getPort();
        int management = URI.create(before.managementUrl()).getPort();
        List<String> ports =
                List.of(Integer.toString(http), Integer.toString(before.rtmpPort()), Integer.toString(management));
        return start(dataDir, environment, ports);
    }

    private static LunarServer start(
            Path dataDir, Map<String, String> environment, List<String> ports, String... options) {
        Map<String, String> settings = new HashMap<>(UNLIMITED);
        settings.putAll(environment);
        ChildProcess process = ChildProcess.start(command(dataDir, ports, options), settings);
        try {
            process.awaitLine(line -> line.strip().equals("ready"), TIME_TO_START);
            return new LunarServer(process, readCredentials(dataDir), PlaylistWatch.of(dataDir));
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    /// What starts the program.
    ///
    /// @param ports of HTTP, RTMP and management
    static List<String> command(Path dataDir, List<String> ports, String... options) {
        if (!Files.isDirectory(PROGRAM)) {
            throw new AssertionError("missing program: package the server first, "
                    + PROGRAM.toAbsolutePath().normalize() + " is not there");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                PROGRAM.resolve("*").toString(),
                "io.lunarstream.server.Main"));
        command.addAll(List.of("up", "--data-dir", dataDir.toString()));
        command.addAll(List.of("--http-port", ports.get(0), "--rtmp-port", ports.get(1)));
        command.addAll(List.of("--management-port", ports.get(2)));
        command.addAll(List.of(options));
        return command;
    }

    private static Credentials readCredentials(Path dataDir) {
        try {
            return new ObjectMapper()
                    .readValue(dataDir.resolve("credentials.json").toFile(), Credentials.class);
        } catch (IOException e) {
            throw new UncheckedIOException("ready, but no credentials.json", e);
        }
    }

    Credentials credentials() {
        return credentials;
    }

    /// A partner's backend. Every livestream that it sees is followed: see [PlaylistWatch].
    PartnerApi api() {
        return new PartnerApi(credentials, watch);
    }

    /// A partner's backend whose livestreams are on another media server, where nobody follows them.
    PartnerApi apiOnMediaServer(String id) {
        return new PartnerApi(credentials.onMediaServer(id), PlaylistWatch.ofNothing());
    }

    /// A partner's backend that asks an API node, whose livestreams are on this media node and are followed here.
    PartnerApi apiOf(Credentials partner, String mediaServerId) {
        return new PartnerApi(partner.onMediaServer(mediaServerId), watch);
    }

    HlsClient hls() {
        return new HlsClient(credentials.httpUrl());
    }

    /// What the server has written to its log and its screen, for failure messages.
    String output() {
        return process.output();
    }

    /// The process, as the system numbers it.
    long pid() {
        return process.pid();
    }

    /// Memory of the process that lies in RAM now, in bytes.
    long residentBytes() {
        return process.residentBytes();
    }

    /// Waits until it has ended by itself.
    ///
    /// @return its exit code
    int awaitExit(Duration atMost) {
        return process.awaitExit(atMost);
    }

    /// As `kill -9`.
    void kill() {
        watch.pause();
        process.kill();
    }

    /// As systemd and Docker do; the server drains and ends by itself.
    void stop() {
        watch.pause();
        process.terminate();
        process.awaitExit(TIME_TO_DRAIN);
    }

    @Override
    public void close() {
        watch.pause();
        process.close();
    }
}
