package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shell blocks of the README, run as they stand, as a newcomer does in a fresh clone.
///
/// They use the default ports, which must be free.
class ReadmeIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<Integer> DEFAULT_PORTS = List.of(8080, 1935, 9090);
    private static final Pattern SHELL_BLOCK =
            Pattern.compile("^```sh\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PLAYER = Pattern.compile("http://\\S+/preview-playback/[0-9a-f]{32}");

    /// What a working tree has and a fresh clone has not.
    private static final List<String> NOT_IN_A_CLONE = List.of("data", "target");

    /// A start after a build also makes the class archive.
    private static final Duration TIME_TO_START = Duration.ofSeconds(90);

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path clone;

    @BeforeEach
    void makeAClone() throws IOException {
        try (Stream<Path> entries = Files.list(ROOT)) {
            for (Path entry : entries.toList()) {
                if (!NOT_IN_A_CLONE.contains(entry.getFileName().toString())) {
                    Files.createSymbolicLink(clone.resolve(entry.getFileName()), entry);
                }
            }
        }
        DEFAULT_PORTS.forEach(ReadmeIT::requireFree);
    }

    /// Links that lead out of the folder would each cost a warning when it is deleted.
    @AfterEach
    void removeTheLinks() throws IOException {
        try (Stream<Path> entries = Files.list(clone)) {
            for (Path link : entries.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    @Test
    void everyBlockIsRunByATestHere() throws IOException {
        assertThat(blocks()).hasSize(3);
        assertThat(demo()).isEqualTo("./lunar up --demo\n");
        assertThat(start()).isEqualTo("./lunar up\n");
        assertThat(publish()).contains("curl ").contains("ffmpeg ");
    }

    @Test
    void theDemoShowsAPicture() throws IOException {
        try (ChildProcess server = run(demo());
                Chromium chromium = Chromium.start()) {
            assertPlays(chromium, server);
        }
    }

    @Test
    void whatIsPublishedCanBeWatched() throws IOException {
        try (ChildProcess server = run(start());
                Chromium chromium = Chromium.start()) {
            server.awaitLine("ready"::equals, TIME_TO_START);
            try (ChildProcess publisher = run(publish())) {
                assertPlays(chromium, publisher);
            }
        }
    }

    private void assertPlays(Chromium chromium, ChildProcess saysTheAddress) {
        saysTheAddress.awaitLine(line -> PLAYER.matcher(line).find() && !line.contains("curl"), TIME_TO_START);
        String address = player(saysTheAddress);
        PlaylistWatch watch = PlaylistWatch.of(clone);
        watch.resume(address.substring(0, address.indexOf("/api/")));
        watch.follow(address.substring(address.lastIndexOf('/') + 1));
        PreviewPage page = chromium.open(address);
        page.awaitState("live", SOON);
        page.awaitPlayback(Duration.ofSeconds(2), SOON);
        assertThat(page.videoWidth()).as(page.describe()).isPositive();
        watch.pause();
    }

    private static String player(ChildProcess saysTheAddress) {
        return saysTheAddress.lines().stream()
                .map(PLAYER::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .orElseThrow();
    }

    private ChildProcess run(String block) {
        return ChildProcess.start(List.of("env", "-C", clone.toString(), "bash", "-e", "-c", block));
    }

    private static String demo() throws IOException {
        return blocks().get(0);
    }

    private static String start() throws IOException {
        return blocks().get(1);
    }

    private static String publish() throws IOException {
        return blocks().get(2);
    }

    private static List<String> blocks() throws IOException {
        return SHELL_BLOCK
                .matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new AssertionError("the README's commands use port " + port + ", which is taken", e);
        }
    }
}
