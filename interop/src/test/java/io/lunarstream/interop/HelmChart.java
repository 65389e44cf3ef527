package io.lunarstream.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The Helm chart in `deploy`, with values of its folder `ci`, as Helm itself sees it.
///
/// @param values such as `all`
record HelmChart(String values) {
    private static final Path CHART = Path.of("..", "deploy", "helm", "lunar-stream");
    private static final String KUBERNETES = "1.33.0";
    private static final YAMLMapper YAML = new YAMLMapper();

    private Path valuesFile() {
        return CHART.resolve("ci").resolve(values + "-values.yaml");
    }

    /// What Helm's linter finds wrong, in a copy of the chart whose defaults are these values: it takes no others.
    List<String> faults(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(CHART)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(CHART.relativize(file).toString()));
            }
        }
        JsonNode defaults = YAML.readTree(CHART.resolve("values.yaml").toFile());
        YAML.writeValue(
                copy.resolve("values.yaml").toFile(),
                YAML.readerForUpdating(defaults).readTree(Files.readString(valuesFile())));
        return new Helm(copy)
                .lint().strict().call().getMessages().stream()
                        .filter(message -> !message.startsWith("[INFO]"))
                        .toList();
    }

    /// What `helm install` would send to Kubernetes.
    List<JsonNode> objects() {
        String text = new Helm(CHART)
                .template()
                .withName("test")
                .withKubeVersion(KUBERNETES)
                .withValuesFile(valuesFile())
                .call();
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            return documents.readAll().stream().filter(JsonNode::isObject).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Those of a kind.
    List<JsonNode> objects(String kind) {
        return objects().stream()
                .filter(object -> object.required("kind").asText().equals(kind))
                .toList();
    }

    /// What Helm says of values that are not in order.
    static String refusal(String key, String value) {
        try {
            new Helm(CHART)
                    .template()
                    .withName("test")
                    .withKubeVersion(KUBERNETES)
                    .withValuesFile(new HelmChart("all").valuesFile())
                    .set(key, value)
                    .call();
            return "";
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
