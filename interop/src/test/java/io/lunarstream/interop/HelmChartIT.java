package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The Helm chart renders, its parts find each other, and the program takes the configuration that it writes.
class HelmChartIT {
    private static final Duration TIME_TO_START = Duration.ofSeconds(30);

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"all", "first-install"})
    void helmFindsNoFault(String values) throws IOException {
        assertThat(new HelmChart(values).faults(folder.resolve("chart"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "first-install"})
    void everyObjectHasANameOfItsOwn(String values) {
        List<String> names = new HelmChart(values)
                .objects().stream()
                        .map(object -> object.required("kind").asText() + " "
                                + object.at("/metadata/name").asText())
                        .toList();
        assertThat(names).hasSizeGreaterThan(4).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "first-install"})
    void everySelectorFindsPods(String values) {
        HelmChart chart = new HelmChart(values);
        List<Set<Map.Entry<String, JsonNode>>> pods = chart.objects().stream()
                .filter(object -> object.at("/spec/template").isObject())
                .map(object -> labels(object.at("/spec/template/metadata/labels")))
                .toList();
        List<Set<Map.Entry<String, JsonNode>>> selectors = chart.objects().stream()
                .flatMap(object -> List.of(
                        object.at("/spec/selector"),
                        object.at("/spec/selector/matchLabels"),
                        object.at("/spec/podSelector/matchLabels"))
                        .stream())
                .filter(selector -> selector.isObject() && !selector.has("matchLabels"))
                .map(HelmChartIT::labels)
                .toList();
        assertThat(selectors)
                .hasSizeGreaterThan(3)
                .allSatisfy(selector ->
                        assertThat(pods).anySatisfy(pod -> assertThat(pod).containsAll(selector)));
    }

    /// Without the one that Kubernetes gives to each pod of a StatefulSet.
    private static Set<Map.Entry<String, JsonNode>> labels(JsonNode labels) {
        return labels.properties().stream()
                .filter(label -> !label.getKey().equals("statefulset.kubernetes.io/pod-name"))
                .collect(Collectors.toSet());
    }

    @Test
    void everyMediaNodeHasAnAddressAndAConfigurationOfItsOwn() {
        HelmChart chart = new HelmChart("all");
        JsonNode nodes = chart.objects("StatefulSet").getFirst();
        String name = nodes.at("/metadata/name").asText();
        Set<String> pods = Set.of(name + "-0", name + "-1");
        assertThat(nodes.at("/spec/replicas").asInt()).isEqualTo(pods.size());
        assertThat(chart.objects("Service").stream()
                        .map(service -> service.at("/spec/selector")
                                .path("statefulset.kubernetes.io/pod-name")
                                .asText())
                        .filter(pod -> !pod.isEmpty()))
                .containsExactlyInAnyOrderElementsOf(pods);
        Set<String> files = new HashSet<>();
        configuration(chart, "-media").fieldNames().forEachRemaining(files::add);
        assertThat(files).isEqualTo(pods.stream().map(pod -> pod + ".yaml").collect(Collectors.toSet()));
    }

    private static JsonNode configuration(HelmChart chart, String suffix) {
        return chart.objects("ConfigMap").stream()
                .filter(map -> map.at("/metadata/name").asText().endsWith(suffix))
                .findFirst()
                .orElseThrow()
                .required("data");
    }

    @Test
    void aMediaNodeStartsWithItsConfiguration() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "ls_ms_v1_x");
        String text = configuration(new HelmChart("all"), "-media")
                .elements()
                .next()
                .asText()
                .replaceAll("secret-file: .*", "secret-file: " + secret);
        try (ChildProcess node = start(text)) {
            node.awaitLine(line -> line.strip().equals("ready"), TIME_TO_START);
            assertThat(node.output()).contains("rtmp://m0.example.com/live");
        }
    }

    /// The secrets are missing here, and nothing else: each key is known.
    @Test
    void anApiNodeTakesItsConfiguration() throws IOException {
        String text = configuration(new HelmChart("all"), "-api")
                .required("lunar.yaml")
                .asText();
        try (ChildProcess node = start(text)) {
            assertThat(node.awaitExit(TIME_TO_START)).isEqualTo(1);
            assertThat(node.lines().getLast()).matches("lunar: (database|valkey|secrets)\\.[a-z]+-file.*");
        }
    }

    private ChildProcess start(String configuration) throws IOException {
        Path file = Files.writeString(folder.resolve("lunar.yaml"), configuration);
        return ChildProcess.start(
                LunarServer.command(folder.resolve("data"), List.of("0", "0", "0"), "--config", file.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "publicUrl, live.example.com",
        "database.url, postgres://db/lunar",
        "database.existingSecret, ''",
        "valkey.url, redis://user:password@valkey",
        "config.role, all",
        "api.replica, 3",
        "media.maxStreams, many",
    })
    void valuesThatCannotBeRightAreRefused(String key, String value) {
        assertThat(HelmChart.refusal(key, value)).contains(key.replaceAll("\\..*", ""));
    }
}
