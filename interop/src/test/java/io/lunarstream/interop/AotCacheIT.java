package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./lunar up` and the cache that makes it start fast. The JVM would run old code from a cache of other jars.
class AotCacheIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path APP = Path.of("server", "target", "app");

    /// A cache may have to be made.
    private static final Duration TIME_TO_START = Duration.ofSeconds(90);

    /// Whoever must use a cache and cannot does not start.
    private static final Map<String, String> WITH_A_CACHE_ONLY = Map.of("JAVA_OPTS", "-XX:AOTMode=on");

    @TempDir
    private Path copy;

    @BeforeEach
    void copyWhatIsBuilt() throws IOException {
        Files.copy(ROOT.resolve("lunar"), copy.resolve("lunar"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String source :
                List.of("pom.xml", "media/pom.xml", "media/src/main", "server/pom.xml", "server/src/main")) {
            Path old = Files.createDirectories(copy.resolve(source));
            Files.setLastModifiedTime(old, FileTime.fromMillis(0));
        }
        Files.createDirectories(copy.resolve(APP));
        try (Stream<Path> jars = Files.list(ROOT.resolve(APP))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, copy.resolve(APP).resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void isUsedAgainAndOnlyForTheJarsItWasMadeFrom() throws IOException {
        Path first = cacheOfAStart();
        FileTime made = Files.getLastModifiedTime(first);
        assertThat(cacheOfAStart()).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(first)).isEqualTo(made);
        Path library = anyLibrary();
        Files.setLastModifiedTime(
                library,
                FileTime.from(Files.getLastModifiedTime(library).toInstant().plusSeconds(1)));
        assertThat(cacheOfAStart()).isNotEqualTo(first);
    }

    /// The one cache that is there afterwards.
    private Path cacheOfAStart() throws IOException {
        List<String> command = List.of(
                copy.resolve("lunar").toString(),
                "up",
                "--data-dir",
                copy.resolve("data").toString(),
                "--http-port",
                "0",
                "--rtmp-port",
                "0",
                "--management-port",
                "0");
        try (ChildProcess server = ChildProcess.start(command, WITH_A_CACHE_ONLY)) {
            server.awaitLine("ready"::equals, TIME_TO_START);
        }
        try (Stream<Path> files = Files.list(copy.resolve("server/target"))) {
            List<Path> caches =
                    files.filter(file -> file.toString().endsWith(".aot")).toList();
            assertThat(caches).hasSize(1);
            return caches.getFirst();
        }
    }

    private Path anyLibrary() throws IOException {
        try (Stream<Path> jars = Files.list(copy.resolve(APP))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("jackson-core"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
