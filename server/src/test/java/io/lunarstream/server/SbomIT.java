package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lunarstream.server.auth.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The bill of materials and the checksums that the build puts beside the program tell the truth.
class SbomIT {
    private static final Path APP = Path.of("target/app");
    private static final String PROGRAM = "lunar-server.jar";
    private static final String SBOM = "sbom.cdx.json";

    /// The npm package of a `VENDORED.md`: its name and version, and the checksum of what npm has.
    private static final Pattern TARBALL = Pattern.compile("\\| `(\\S+)-(\\d[0-9.]*)\\.tgz` \\| ([0-9a-f]{64}) \\|");

    @Test
    void eachJarOfTheProgramIsInItAndNothingElse() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String name : namedJars()) {
            jars.add(Sha256.hex(Files.readAllBytes(APP.resolve(name))));
        }
        assertThat(components("pkg:maven/").map(SbomIT::sha256)).containsExactlyInAnyOrderElementsOf(jars);
    }

    @Test
    void eachLibraryForBrowsersIsInItAndNothingElse() throws IOException {
        Map<String, String> vendored;
        try (Stream<Path> resources = Files.walk(Path.of("src/main/resources"))) {
            vendored = resources
                    .filter(file -> file.endsWith("VENDORED.md"))
                    .flatMap(SbomIT::tarballs)
                    .collect(Collectors.toMap(
                            (MatchResult row) -> "pkg:npm/%s@%s".formatted(row.group(1), row.group(2)),
                            row -> row.group(3)));
        }
        assertThat(vendored).hasSizeGreaterThan(1);
        assertThat(components("pkg:npm/")
                        .collect(Collectors.toMap(
                                component -> component.path("purl").asText(), SbomIT::sha256)))
                .isEqualTo(vendored);
    }

    @Test
    void everythingHasALicence() throws IOException {
        assertThat(components("pkg:"))
                .allSatisfy(component -> assertThat(component.path("licenses"))
                        .as(component.toString())
                        .isNotEmpty());
    }

    @Test
    void nothingInItIsOfOneBuildAlone() throws IOException {
        assertThat(sbom().has("serialNumber")).isFalse();
        assertThat(sbom().at("/metadata").has("timestamp")).isFalse();
    }

    @Test
    void theChecksumsAreThoseOfAllThatShips() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : Stream.concat(Stream.of(PROGRAM, SBOM), namedJars().stream())
                .sorted()
                .toList()) {
            lines.add(Sha256.hex(Files.readAllBytes(APP.resolve(name))) + "  " + name);
        }
        assertThat(Files.readAllLines(APP.resolve("SHA256SUMS"))).isEqualTo(lines);
    }

    private static List<String> namedJars() throws IOException {
        try (JarFile jar = new JarFile(APP.resolve(PROGRAM).toFile())) {
            String classPath = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return List.of(classPath.split(" "));
        }
    }

    private static Stream<JsonNode> components(String purl) throws IOException {
        return sbom().path("components")
                .valueStream()
                .filter(component -> component.path("purl").asText().startsWith(purl));
    }

    private static String sha256(JsonNode component) {
        return component
                .path("hashes")
                .valueStream()
                .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                .map(hash -> hash.path("content").asText())
                .findFirst()
                .orElseThrow();
    }

    private static Stream<MatchResult> tarballs(Path page) {
        try {
            return TARBALL.matcher(Files.readString(page)).results();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode sbom() throws IOException {
        return new JsonMapper().readTree(APP.resolve(SBOM).toFile());
    }
}
