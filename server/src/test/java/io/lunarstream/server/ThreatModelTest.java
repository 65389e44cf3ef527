package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every threat that the threat model names has a test that proves what stops it, and that test exists.
class ThreatModelTest {
    private static final Path ROOT = Path.of("..");
    private static final Path MODEL = ROOT.resolve("docs/threat-model.md");
    private static final List<String> MODULES = List.of("media", "supply", "server", "interop");

    /// A row of a table whose last column is the proof.
    private static final Pattern THREAT = Pattern.compile("(?m)^\\| ([A-Z]\\d+) \\|.*\\|([^|]+)\\|$");

    /// `Class#method`, or `Class` for all of its tests.
    private static final Pattern PROOF = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Test|IT))(?:#([a-z][A-Za-z0-9]+))?`");

    private static final Map<String, String> TESTS = tests();

    @Test
    void everyThreatHasAProof() throws IOException {
        assertThat(threats())
                .hasSizeGreaterThan(40)
                .allSatisfy(threat ->
                        assertThat(threat.group(2)).as(threat.group(1)).containsPattern(PROOF));
    }

    @Test
    void everyThreatHasANameOfItsOwn() throws IOException {
        assertThat(threats()).extracting(threat -> threat.group(1)).doesNotHaveDuplicates();
    }

    @Test
    void everyProofIsATestThatExists() throws IOException {
        assertThat(PROOF.matcher(Files.readString(MODEL)).results()).allSatisfy(proof -> {
            assertThat(TESTS).containsKey(proof.group(1));
            if (proof.group(2) != null) {
                assertThat(TESTS.get(proof.group(1))).contains("void " + proof.group(2) + "(");
            }
        });
    }

    private static List<MatchResult> threats() throws IOException {
        return THREAT.matcher(Files.readString(MODEL)).results().toList();
    }

    /// The sources of all test classes, by name; those of one name in two modules count together.
    private static Map<String, String> tests() {
        return MODULES.stream()
                .flatMap(module -> files(ROOT.resolve(module).resolve("src/test/java")))
                .filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".java", ""),
                        ThreatModelTest::read,
                        String::concat));
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
