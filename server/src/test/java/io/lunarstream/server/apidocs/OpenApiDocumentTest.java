package io.lunarstream.server.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.lunarstream.contract.Contract;
import io.lunarstream.contract.OpenApi31;
import io.lunarstream.server.audit.AuditAction;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.http.StaticFiles;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The document by itself: valid, complete, and of one mind with the program's tables.
class OpenApiDocumentTest {
    private static final String YAML = StaticFiles.readText(ApiDocsHandler.class, "openapi.yaml");

    @Test
    void isAnOpenApi31Document() {
        assertThat(OpenApi31.faults(YAML)).isEmpty();
        assertThat(OpenApi31.faults(YAML.replaceFirst("operationId: ", "operationid: ")))
                .isNotEmpty();
        assertThat(OpenApi31.faults(YAML.replaceFirst("minLength: 1", "minLength: one")))
                .isNotEmpty();
    }

    @Test
    void hasExamplesThatFitTheirSchemas() {
        assertThat(Contract.parse(YAML).exampleFaults()).isEmpty();
        assertThat(Contract.parse(YAML.replaceAll("viewers: 118", "viewers: many"))
                        .exampleFaults())
                .isNotEmpty();
    }

    @Test
    void namesEveryErrorCodeWithItsStatusAndMessage() throws Exception {
        JsonNode components = document().required("components");
        assertThat(words(components.at("/schemas/ErrorCode/enum")))
                .containsExactlyInAnyOrderElementsOf(names(ErrorCode.values()));
        Set<ErrorCode> shown = new HashSet<>();
        components
                .required("responses")
                .forEach(response -> response.at("/content/application~1json/examples")
                        .properties()
                        .forEach(example -> {
                            ErrorCode code = ErrorCode.valueOf(example.getKey());
                            JsonNode value = example.getValue().required("value");
                            assertThat(value.required("statusCode").asInt()).isEqualTo(code.status());
                            assertThat(value.required("code").asText()).isEqualTo(code.name());
                            if (code != ErrorCode.NOT_FOUND && code != ErrorCode.METHOD_NOT_ALLOWED) {
                                assertThat(value.required("message").asText()).isEqualTo(code.message());
                            }
                            shown.add(code);
                        }));
        assertThat(shown).containsExactlyInAnyOrder(ErrorCode.values());
    }

    @Test
    void namesEveryActionOfTheAuditLog() throws Exception {
        assertThat(words(document().at("/components/schemas/AuditAction/enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(AuditAction.values())
                        .map(AuditAction::apiName)
                        .toList());
    }

    @Test
    void hasAnExampleOfEveryJsonBody() throws Exception {
        document()
                .required("paths")
                .properties()
                .forEach(path -> path.getValue().findParents("content").forEach(holder -> {
                    JsonNode json = holder.at("/content/application~1json");
                    assertThat(json.isMissingNode() || !json.path("examples").isEmpty())
                            .as(path.getKey())
                            .isTrue();
                }));
    }

    private static JsonNode document() throws Exception {
        return new YAMLMapper().readTree(YAML);
    }

    private static List<String> names(ErrorCode[] codes) {
        return Arrays.stream(codes).map(Enum::name).toList();
    }

    private static List<String> words(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
