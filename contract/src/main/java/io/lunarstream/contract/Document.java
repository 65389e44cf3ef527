package io.lunarstream.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A YAML document whose parts refer to each other by `$ref`.
record Document(JsonNode root) {
    private static final YAMLMapper YAML = new YAMLMapper();

    static Document parse(String yaml) {
        try {
            return new Document(YAML.readTree(yaml));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The text of a resource of the class path.
    ///
    /// @param name from the root, with a slash before it
    static String resource(String name) {
        try (InputStream stream = Document.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalArgumentException("not on the class path: " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The node itself, or the one that it refers to within this document.
    JsonNode resolve(JsonNode node) {
        return Optional.of(node.path("$ref").asText())
                .filter(reference -> reference.startsWith("#/"))
                .map(reference -> root.requiredAt(reference.substring(1)))
                .orElse(node);
    }
}
