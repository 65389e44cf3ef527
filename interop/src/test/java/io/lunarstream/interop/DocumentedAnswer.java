package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;

/// An answer as a document shows it, to be held against a real one: the same fields of the same types everywhere, and
/// the same values where these are no mere examples. Null goes with any type.
record DocumentedAnswer(String json) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /// Fields whose values in the document are no examples.
    private static final Set<String> EXACT = Set.of(
            "statusCode",
            "status",
            "message",
            "error",
            "code",
            "field",
            "name",
            "externalId",
            "expiresIn",
            "connected",
            "protocol",
            "videoCodec",
            "audioCodec",
            "width",
            "height");

    void assertMatches(String real) {
        assertSame("the answer", parse(json), parse(real));
    }

    private static void assertSame(String path, JsonNode documented, JsonNode real) {
        if (documented.isNull() || real.isNull()) {
            return;
        }
        assertThat(real.getNodeType()).as("type of %s: %s", path, real).isEqualTo(documented.getNodeType());
        if (documented.isObject()) {
            assertThat(fields(real)).as("fields of %s", path).isEqualTo(fields(documented));
            for (Entry<String, JsonNode> field : documented.properties()) {
                assertSame(path + "." + field.getKey(), field.getValue(), real.path(field.getKey()));
            }
        } else if (documented.isArray()) {
            assertThat(real).as(path).hasSameSizeAs(documented);
            for (int i = 0; i < documented.size(); i++) {
                assertSame(path + "[" + i + "]", documented.get(i), real.get(i));
            }
        } else if (EXACT.contains(path.substring(path.lastIndexOf('.') + 1)) && !path.contains("mediaServer")) {
            assertThat(real).as(path).isEqualTo(documented);
        }
    }

    private static Set<String> fields(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
