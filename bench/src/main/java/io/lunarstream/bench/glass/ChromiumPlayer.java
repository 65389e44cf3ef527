package io.lunarstream.bench.glass;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Deadline;
import io.lunarstream.bench.host.Program;
import io.lunarstream.bench.host.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Chromium without a window, which plays a live stream of [ClockPublisher] with hls.js. What it reads from the frames
/// that it shows, it writes to its console, which is its output.
///
/// @param program the browser
public record ChromiumPlayer(Program program) {
    private static final String PAGE = "glass.html";
    private static final String HLS_JS = "server/src/main/resources/io/lunarstream/server/player/assets/hls.min.mjs";
    private static final Duration TIME_TO_PLAY = Duration.ofSeconds(60);

    /// The pages lie in files, and the playlists on servers that know nothing of them.
    private static final List<String> OPTIONS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--mute-audio",
            "--no-first-run",
            "--disable-web-security",
            "--allow-file-access-from-files",
            "--autoplay-policy=no-user-gesture-required",
            "--enable-logging=stderr",
            "--v=0");

    /// The installed one, if there is one: `/usr/bin/chromium`, or what the environment variable `CHROMIUM` names.
    public static Optional<Path> installed() {
        return Optional.of(
                        Path.of(Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium")))
                .filter(Files::isExecutable);
    }

    /// A browser's name and version, as it tells them.
    public static String version(Path chromium) {
        try {
            Process process = new ProcessBuilder(chromium.toString(), "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (Stream<String> lines = process.inputReader().lines()) {
                return lines.findFirst().orElse("Chromium").strip();
            }
        } catch (IOException e) {
            throw new BenchException("no version of Chromium", e);
        }
    }

    /// Plays.
    ///
    /// @param root of the tree, where hls.js lies
    /// @param playlist a media playlist, or a multivariant one
    public static ChromiumPlayer play(Workspace workspace, Path chromium, Path root, URI playlist) {
        Path page = workspace.folder().resolve(PAGE);
        try (InputStream html = ChromiumPlayer.class.getResourceAsStream(PAGE)) {
            Files.write(page, Objects.requireNonNull(html).readAllBytes());
            Files.copy(root.resolve(HLS_JS), page.resolveSibling("hls.min.mjs"));
        } catch (IOException e) {
            throw new UncheckedIOException("no page to play on", e);
        }
        String query = "?playlist=" + URLEncoder.encode(playlist.toString(), StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>(List.of(chromium.toString()));
        command.addAll(OPTIONS);
        command.add("--user-data-dir=" + workspace.folder().resolve("browser"));
        command.add(page.toUri() + query);
        return new ChromiumPlayer(workspace.start(command, Map.of()));
    }

    /// Waits until it shows pictures.
    public void awaitPicture() throws InterruptedException {
        Deadline.await("a picture in Chromium", TIME_TO_PLAY, () -> {
            if (program.output().contains("\"player failed")) {
                throw new BenchException("the player has failed: " + program.lastWords());
            }
            return !ages(0).isEmpty();
        });
    }

    /// How old the pictures have been that it has shown, in milliseconds.
    ///
    /// @param sinceMs those before, in milliseconds since 1970, are left out
    public List<Double> ages(long sinceMs) {
        return PictureAges.read(program.output(), sinceMs);
    }
}
