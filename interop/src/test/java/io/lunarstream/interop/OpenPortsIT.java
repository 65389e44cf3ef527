package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ports that the program opens, as the system sees them: those that it tells of, and no other.
class OpenPortsIT {
    /// The state of a socket that listens, in `/proc/net/tcp`.
    private static final String LISTENS = "0A";

    /// 127.0.0.1 as it stands there, alone and within IPv6.
    private static final Set<String> LOOPBACK = Set.of("0100007F", "0000000000000000FFFF00000100007F");

    /// @param address as the system writes it
    /// @param port where it listens
    private record Listener(String address, int port) {}

    @Test
    void areThreeAndThatOfTheOperatorIsOnLoopbackOnly(@TempDir Path folder) throws IOException {
        try (LunarServer server = LunarServer.start(folder)) {
            int management = URI.create(server.credentials().managementUrl()).getPort();
            List<Listener> listeners = listeners(server.pid());

            assertThat(listeners.stream().map(Listener::port).distinct())
                    .containsExactlyInAnyOrder(
                            URI.create(server.credentials().apiUrl()).getPort(),
                            server.credentials().rtmpPort(),
                            management);
            assertThat(listeners)
                    .filteredOn(listener -> listener.port() == management)
                    .isNotEmpty()
                    .allSatisfy(listener -> assertThat(LOOPBACK).contains(listener.address()));
        }
    }

    private static List<Listener> listeners(long pid) throws IOException {
        Set<String> sockets = sockets(pid);
        try (Stream<String> four = Files.lines(Path.of("/proc/net/tcp"));
                Stream<String> six = Files.lines(Path.of("/proc/net/tcp6"))) {
            return Stream.concat(four, six)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns[3].equals(LISTENS) && sockets.contains(columns[9]))
                    .map(columns -> columns[1].split(":"))
                    .map(address -> new Listener(address[0], Integer.parseInt(address[1], 16)))
                    .toList();
        }
    }

    /// The numbers of the sockets that a process has open.
    private static Set<String> sockets(long pid) throws IOException {
        Set<String> sockets = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : files.toList()) {
                String target = target(file);
                if (target.startsWith("socket:[")) {
                    sockets.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return sockets;
    }

    /// What an open file is; empty if it has been closed meanwhile.
    private static String target(Path file) throws IOException {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
