package io.lunarstream.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The schemas of a document, JSON Schema 2020-12, which is what OpenAPI 3.1 takes.
final class Schemas {
    private final JsonNode components;
    private final Map<JsonNode, URI> registered = new HashMap<>();
    private final Validator validator = new ValidatorFactory()
            .withDefaultDialect(new Dialects.Draft2020Dialect())
            .withJsonNodeFactory(new JacksonNode.Factory())
            .createValidator();

    Schemas(Document document) {
        this.components = document.root().path("components").path("schemas");
    }

    /// What is wrong with a value, a line for each fault; registers the schema first, which fails if it is none.
    List<String> faults(JsonNode schema, JsonNode value) {
        URI id = registered.computeIfAbsent(schema, this::register);
        return validator.validate(id, value).getErrors().stream()
                .map(error -> error.getInstanceLocation() + " " + error.getError())
                .toList();
    }

    /// Inside each schema lie those that it may refer to.
    private URI register(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.putObject("components").set("schemas", components);
        return validator.registerSchema(URI.create("urn:contract:" + registered.size()), whole);
    }
}
