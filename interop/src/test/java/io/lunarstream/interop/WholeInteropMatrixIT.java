package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All encoders against all players. Takes minutes and many programs: `./lunar test --all` runs it. Writes
/// `docs/interop.md`, to be committed.
@Tag("heavy")
class WholeInteropMatrixIT {
    private static final Path DOCUMENT = Path.of("../docs/interop.md");
    private static final Duration TIME_TO_TELL = Duration.ofSeconds(20);

    @TempDir
    private Path dataDir;

    @TempDir
    private Path folder;

    @Test
    void everyEncoderIsSeenByEveryPlayer() throws Exception {
        try (LunarServer server = LunarServer.start(dataDir);
                Chromium chromium = Chromium.start();
                PlayerSite site = PlayerSite.start()) {
            List<Player> players = new ArrayList<>(List.of(ProgramPlayer.values()));
            Stream.of("hls.js", "Shaka Player", "video.js")
                    .map(name -> new BrowserPlayer(chromium, site, name))
                    .forEach(players::add);
            Map<String, String> versions = versions(players);
            versions.put("Chromium", chromium.version());
            InteropMatrix matrix = new InteropMatrix(server);
            for (MatrixPublisher publisher : MatrixPublisher.values()) {
                matrix.run(publisher, Files.createDirectory(folder.resolve(publisher.name())), players);
            }
            Files.writeString(DOCUMENT, new InteropTable(matrix.cells(), versions, run()).toString());
            assertThat(matrix.failures()).isEmpty();
        }
    }

    private Map<String, String> versions(List<Player> players) throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        for (MatrixPublisher publisher : MatrixPublisher.values()) {
            Path scratch = Files.createDirectory(folder.resolve("version of " + publisher.name()));
            versions.put(publisher.label, publisher.version(scratch));
        }
        players.forEach(player -> versions.put(player.label(), player.version()));
        return versions;
    }

    /// When, and of what.
    private static String run() {
        List<String> describe = List.of("git", "-C", "..", "describe", "--always", "--dirty", "--exclude=*");
        try (ChildProcess git = ChildProcess.start(describe)) {
            assertThat(git.awaitExit(TIME_TO_TELL)).as(git.output()).isZero();
            return LocalDate.now(ZoneOffset.UTC) + ", commit " + git.lines().getLast();
        }
    }
}
