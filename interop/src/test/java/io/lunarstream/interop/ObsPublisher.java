package io.lunarstream.interop;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A real OBS Studio on a screen that nobody sees, with a profile, a scene and a service of ours: it begins to stream
/// by itself, a test picture and a tone at 640x360 and 30 frames/s, with a keyframe every 2 s.
final class ObsPublisher implements AutoCloseable {
    private static final Path CONFIGURATION = Path.of("src/test/resources/obs");
    private static final Duration TIME_TO_START = Duration.ofSeconds(30);
    private static final Pattern DISPLAY = Pattern.compile("\\d+");

    private final ChildProcess screen;
    private final ChildProcess obs;

    private ObsPublisher(ChildProcess screen, ChildProcess obs) {
        this.screen = screen;
        this.obs = obs;
    }

    /// @param home an empty folder for its settings
    static ObsPublisher push(String address, Path home) {
        configure(address, home);
        ChildProcess screen = ChildProcess.start(
                List.of("Xvfb", "-displayfd", "1", "-screen", "0", "1280x720x24", "-nolisten", "tcp"));
        try {
            screen.awaitLine(DISPLAY.asMatchPredicate(), TIME_TO_START);
            String display = screen.lines().stream()
                    .filter(DISPLAY.asMatchPredicate())
                    .findFirst()
                    .orElseThrow();
            return new ObsPublisher(screen, Encoders.sending(startObs(":" + display, home), address));
        } catch (RuntimeException | Error e) {
            screen.close();
            throw e;
        }
    }

    private static ChildProcess startObs(String display, Path home) {
        List<String> command = List.of(
                "obs",
                "--multi",
                "--startstreaming",
                "--minimize-to-tray",
                "--profile",
                "lunar",
                "--collection",
                "lunar",
                "--unfiltered_log");
        String folder = home.toString();
        return ChildProcess.start(
                command,
                Map.of("DISPLAY", display, "HOME", folder, "XDG_CONFIG_HOME", folder, "XDG_RUNTIME_DIR", folder));
    }

    private static void configure(String address, Path home) {
        Path settings = home.resolve("obs-studio");
        Path profile = settings.resolve("basic/profiles/lunar");
        Path scenes = settings.resolve("basic/scenes");
        int slash = address.lastIndexOf('/');
        Map<String, Object> service = Map.of(
                "type",
                "rtmp_custom",
                "settings",
                Map.of("server", address.substring(0, slash), "key", address.substring(slash + 1)));
        try {
            Files.createDirectories(profile);
            Files.createDirectories(scenes);
            Files.copy(CONFIGURATION.resolve("global.ini"), settings.resolve("global.ini"));
            Files.copy(CONFIGURATION.resolve("basic.ini"), profile.resolve("basic.ini"));
            Files.copy(CONFIGURATION.resolve("scenes.json"), scenes.resolve("lunar.json"));
            new ObjectMapper().writeValue(profile.resolve("service.json").toFile(), service);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        return obs.output();
    }

    @Override
    public void close() {
        obs.close();
        screen.close();
    }
}
