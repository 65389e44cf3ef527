package io.lunarstream.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/// The OpenAPI Initiative's own schema of OpenAPI 3.1 documents, with the dialect of the schemas in them.
public final class OpenApi31 {
    private static final URI SCHEMA = URI.create("https://spec.openapis.org/oas/3.1/schema-base/WORK-IN-PROGRESS");

    private OpenApi31() {}

    /// What is wrong with a document, a line for each fault.
    public static List<String> faults(String yaml) {
        Validator validator = new ValidatorFactory()
                .withDefaultDialect(new Dialects.Draft2020Dialect())
                .withJsonNodeFactory(new JacksonNode.Factory())
                .withDisabledSchemaValidation(true)
                .createValidator();
        Stream.of("meta", "dialect", "schema", "schema-base").forEach(name -> {
            JsonNode schema = Document.parse(Document.resource("/io/lunarstream/contract/oas-3.1-" + name + ".yaml"))
                    .root();
            validator.registerSchema(URI.create(schema.required("$id").asText()), schema);
        });
        return validator.validate(SCHEMA, Document.parse(yaml).root()).getErrors().stream()
                .map(error -> error.getInstanceLocation() + " " + error.getError())
                .toList();
    }
}
