package io.lunarstream.supply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A CycloneDX document: components, which may hold components, and what needs what.
///
/// @param document as it was read
record BillOfMaterials(ObjectNode document) {
    private static final JsonMapper JSON = new JsonMapper();

    static BillOfMaterials read(Path file) throws IOException {
        return new BillOfMaterials(JSON.readValue(file.toFile(), ObjectNode.class));
    }

    /// Adds the components of another document, as things that this one's subject is made of.
    void add(BillOfMaterials other) {
        ArrayNode components = document.withArray("components");
        ArrayNode needed = needs(document.at("/metadata/component/bom-ref").asText());
        for (JsonNode component : other.document.path("components")) {
            components.add(component);
            needed.add(component.path("bom-ref"));
        }
    }

    private ArrayNode needs(String reference) {
        for (JsonNode dependency : document.withArray("dependencies")) {
            if (dependency.path("ref").asText().equals(reference) && dependency instanceof ObjectNode node) {
                return node.withArray("dependsOn");
            }
        }
        throw new IllegalArgumentException("the bill of materials does not say what " + reference + " needs");
    }

    /// The packages in it, each once, whatever jars they come in.
    List<SoftwarePackage> packages() {
        return inside(document).map(SoftwarePackage::of).distinct().toList();
    }

    private static Stream<JsonNode> inside(JsonNode node) {
        return node.path("components")
                .valueStream()
                .flatMap(component -> Stream.concat(Stream.of(component), inside(component)));
    }

    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
    }
}
