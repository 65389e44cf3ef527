package io.lunarstream.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;

/// The examples of a document: wherever a schema has an example beside it, one must fit the other.
final class Examples {
    private final Document document;
    private final Schemas schemas;
    private final List<String> faults = new ArrayList<>();

    Examples(Document document, Schemas schemas) {
        this.document = document;
        this.schemas = schemas;
    }

    List<String> faults() {
        walk("#", document.root());
        return faults;
    }

    private void walk(String place, JsonNode node) {
        if (node.has("schema")) {
            check(place, node.path("schema"), node);
        }
        if (place.matches("#/components/schemas/[^/]+")) {
            node.path("examples").forEach(example -> add(place, schemas.faults(node, example)));
        }
        for (Entry<String, JsonNode> child : node.properties()) {
            walk(place + "/" + child.getKey(), child.getValue());
        }
    }

    private void check(String place, JsonNode schema, JsonNode holder) {
        if (holder.has("example")) {
            add(place, schemas.faults(schema, holder.path("example")));
        }
        for (Entry<String, JsonNode> example : holder.path("examples").properties()) {
            JsonNode value = document.resolve(example.getValue()).path("value");
            add(place + "/examples/" + example.getKey(), schemas.faults(schema, value));
        }
    }

    private void add(String place, List<String> found) {
        found.forEach(fault -> faults.add(place + ": " + fault));
    }
}
