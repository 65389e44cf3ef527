package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents name exists: classes, packages and the files they link to.
class DocsTest {
    private static final Path ROOT = Path.of("..");

    private static final List<String> MODULES = List.of("media", "contract", "supply", "server", "bench", "interop");

    /// A name of two words or more in back quotes, as classes have.
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)`");

    private static final Pattern PACKAGE = Pattern.compile("`(io\\.lunarstream[a-z0-9.]*)`");

    /// A link's target without its fragment. Fenced blocks and back quotes hold none.
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)[^)]*\\)");

    /// Words of others that look like classes: of Netty, Kubernetes and systemd.
    private static final Set<String> FOREIGN =
            Set.of("ByteBuf", "LoadBalancer", "NodePort", "DynamicUser", "MemoryDenyWriteExecute", "ProcSubset");

    private static final Set<Path> SOURCES = sources();

    static List<Path> documents() throws IOException {
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> deploy = Files.walk(ROOT.resolve("deploy"))) {
            return Stream.of(root, docs, deploy)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyClassThatIsNamedExists(Path document) throws IOException {
        Set<String> classes = SOURCES.stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        assertThat(found(CLASS, document))
                .filteredOn(Predicate.not(FOREIGN::contains))
                .allSatisfy(name -> assertThat(classes).contains(name));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyPackageThatIsNamedExists(Path document) throws IOException {
        assertThat(packages(file -> true)).containsAll(found(PACKAGE, document));
    }

    @Test
    void everyPackageOfTheProgramStandsInTheArchitecture() throws IOException {
        Set<String> ofTheProgram = packages(file ->
                file.toString().contains("/src/main/") && !file.toString().endsWith("package-info.java"));
        assertThat(found(PACKAGE, ROOT.resolve("ARCHITECTURE.md"))).containsAll(ofTheProgram);
    }

    private static Set<String> packages(Predicate<Path> which) {
        return SOURCES.stream()
                .filter(which)
                .map(file -> file.toString().replaceAll(".*/java/|/[^/]*$", "").replace('/', '.'))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyFileThatIsLinkedExists(Path document) throws IOException {
        assertThat(found(LINK, document))
                .filteredOn(target -> !target.contains("://"))
                .allSatisfy(
                        target -> assertThat(document.resolveSibling(target)).exists());
    }

    private static List<String> found(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static Set<Path> sources() {
        return MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve("src"))
                .flatMap(DocsTest::javaFiles)
                .collect(Collectors.toSet());
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
