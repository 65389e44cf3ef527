package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The library of the command line costs time to load: only commands that need it do that.
class CommandLibraryIT {
    private static final String LIBRARY = "picocli.";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theServerStartsWithoutIt() throws Exception {
        String data = folder.resolve("data").toString();
        Process server = start("up", "--data-dir", data, "--http-port=0", "--rtmp-port=0", "--management-port=0");
        assertThat(server.inputReader().lines().anyMatch("ready"::equals)).isTrue();
        server.destroy();
        assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(classes()).contains("io.lunarstream.server.Server ").doesNotContain(LIBRARY);
    }

    @Test
    void theVersionIsSaidWithoutIt() throws Exception {
        assertThat(start("version").waitFor()).isZero();
        assertThat(classes()).contains("io.lunarstream.server.Version ").doesNotContain(LIBRARY);
    }

    @Test
    void aCommandLoadsIt() throws Exception {
        assertThat(start("livestream", "--help").waitFor()).isZero();
        assertThat(classes()).contains(LIBRARY);
    }

    /// What the program has loaded.
    private String classes() throws IOException {
        return Files.readString(folder.resolve("classes"));
    }

    private Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xlog:class+load:file=" + folder.resolve("classes") + "::filecount=0",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }
}
