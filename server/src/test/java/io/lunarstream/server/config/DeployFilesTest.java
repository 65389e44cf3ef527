package io.lunarstream.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// What lies in `deploy` fits the program, and itself.
class DeployFilesTest {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Pattern VARIABLE = Pattern.compile("\\bLUNAR_[A-Z_0-9]+");

    /// The configuration's file, what Compose itself reads, and the words in nginx.conf.
    private static final Set<String> OTHER_VARIABLES = Set.of("LUNAR_CONFIG", "LUNAR_HOST", "LUNAR_IMAGE");

    private static Stream<String> found(Pattern pattern, Path file) {
        try {
            return pattern.matcher(Files.readString(file)).results().map(MatchResult::group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyVariableSetsAKey() throws IOException {
        Set<String> known = Arrays.stream(ConfigKey.values())
                .map(ConfigKey::environmentVariable)
                .collect(Collectors.toSet());
        known.addAll(OTHER_VARIABLES);
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            List<String> named = files.filter(file -> Files.isRegularFile(file) && !ofTheOperator(file))
                    .flatMap(file -> found(VARIABLE, file))
                    .toList();
            assertThat(named)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(name -> assertThat(known).contains(name));
        }
    }

    /// Passwords and settings of whoever deploys from this very tree.
    private static boolean ofTheOperator(Path file) {
        return file.startsWith(DEPLOY.resolve("secrets")) || file.endsWith(".env");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm_flags=", "memory_flags=", "memory_words=", "quick_flags="})
    void theImageStartsTheJvmAsTheLauncherDoes(String options) throws IOException {
        assertThat(lines(DEPLOY.resolve("image/lunar"), options))
                .hasSize(1)
                .isEqualTo(lines(Path.of("..", "lunar"), options));
    }

    private static List<String> lines(Path file, String start) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(start))
                .toList();
    }

    @Test
    void imageAndChartHaveTheVersionOfTheProgram() throws IOException {
        String pom = Files.readString(Path.of("..", "pom.xml"));
        String version = pom.replaceAll("(?s).*<revision>(.*)</revision>.*", "$1");
        JsonNode chart = new YAMLMapper()
                .readTree(DEPLOY.resolve("helm/lunar-stream/Chart.yaml").toFile());
        assertThat(chart.required("version").asText()).isEqualTo(version);
        assertThat(chart.required("appVersion").asText()).isEqualTo(version);
        assertThat(compose().at("/services/api-1/image").asText()).contains("lunar-stream:" + version);
        assertThat(Files.readString(DEPLOY.resolve("README.md"))).contains("lunar-stream:" + version);
    }

    /// Maven reads the pom of each module, and what the program is made from whole.
    @Test
    void theImageIsBuiltFromWhatMavenNeedsAndCarriesTheWholeProgram() throws IOException {
        List<String> context = Files.readAllLines(DEPLOY.resolve("image/Dockerfile.dockerignore"));
        assertThat(found(Pattern.compile("(?<=<module>)[^<]+"), Path.of("..", "pom.xml")))
                .hasSizeGreaterThan(4)
                .allSatisfy(module -> assertThat(context).containsAnyOf("!" + module, "!" + module + "/pom.xml"));
        assertThat(context).contains("!media", "!supply", "!server");
        assertThat(Files.readString(DEPLOY.resolve("image/Dockerfile")))
                .contains("COPY --from=build /build/server/target/app /opt/lunar-stream/app");
    }

    @Test
    void composeNamesOnlyWhatItHas() throws IOException {
        JsonNode compose = compose();
        assertThat(compose.required("services").properties())
                .hasSizeGreaterThan(8)
                .allSatisfy(entry -> {
                    JsonNode service = entry.getValue();
                    assertThat(names(service.path("secrets"))).isSubsetOf(names(compose.required("secrets")));
                    assertThat(names(service.path("networks")))
                            .isNotEmpty()
                            .isSubsetOf(names(compose.required("networks")));
                    assertThat(names(service.path("depends_on"))).isSubsetOf(names(compose.required("services")));
                    assertThat(names(service.path("volumes")).stream()
                                    .map(volume -> volume.replaceAll(":.*", ""))
                                    .filter(volume -> !volume.startsWith(".")))
                            .isSubsetOf(names(compose.required("volumes")));
                    assertThat(service.path("image").asText()).matches(".+:.*[0-9]+\\.[0-9]+.*");
                    assertThat(service.at("/deploy/resources/limits").properties())
                            .hasSize(2);
                });
    }

    /// Whoever else was believed could say that he speaks for anybody.
    @Test
    void composeBelievesTheBalancerAndTheEdgesOnly() throws IOException {
        JsonNode services = compose().required("services");
        assertThat(addresses(services, "api-.*", "/environment/LUNAR_TRUSTED_PROXIES"))
                .isEqualTo(addresses(services, "balancer", "/networks/front/ipv4_address"));
        assertThat(addresses(services, "media-.*", "/environment/LUNAR_TRUSTED_PROXIES"))
                .isEqualTo(addresses(services, "edge-.*", "/networks/front/ipv4_address"));
        List<String> all = services.findValuesAsText("ipv4_address");
        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    }

    private static Set<String> addresses(JsonNode services, String name, String pointer) {
        return services.properties().stream()
                .filter(service -> service.getKey().matches(name))
                .map(service -> service.getValue().at(pointer).asText())
                .collect(Collectors.toSet());
    }

    /// Of a list, its words; of an object, its keys.
    private static Set<String> names(JsonNode node) {
        return node.isArray()
                ? node.valueStream().map(JsonNode::asText).collect(Collectors.toSet())
                : node.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /// With what its services share filled in, which Jackson does not do.
    private static JsonNode compose() throws IOException {
        Object read = new Yaml().load(Files.readString(DEPLOY.resolve("compose.yaml")));
        return new ObjectMapper().valueToTree(read);
    }
}
