package io.lunarstream.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A judge that finds nothing wrong with anything would make every other test a little less of one.
class ContractTest {
    private static final String BOAT = "{\"name\":\"Rose\",\"length\":12}";

    private static final Contract CONTRACT = Contract.parse("""
            x-any-request:
              responses:
                '404': {$ref: '#/components/responses/NotFound'}
                '503': {$ref: '#/components/responses/NotFound'}
            paths:
              /boats/{id}:
                x-also-at: ['/ships/{id}']
                get:
                  x-access: partner
                  x-rate-limit: partner
                  responses:
                    '200':
                      headers:
                        ETag: {required: true, schema: {type: string, pattern: '^"'}}
                        Age: {schema: {type: string, pattern: '^[0-9]+$'}}
                      content:
                        application/json:
                          schema: {$ref: '#/components/schemas/Boat'}
                    '204': {}
              /boats/count:
                get:
                  x-access: public
                  responses:
                    '200':
                      content:
                        text/plain: {schema: {type: string}}
            components:
              responses:
                NotFound:
                  content:
                    application/json:
                      schema: {properties: {code: {const: NOT_FOUND}}, required: [code]}
              schemas:
                Boat:
                  type: object
                  additionalProperties: false
                  required: [name]
                  properties:
                    name: {type: string}
                    length: {$ref: '#/components/schemas/Metres'}
                Metres: {type: integer, minimum: 1}
            """);

    private final Map<String, List<String>> headers = new HashMap<>(Map.of(
            "content-type", List.of("application/json; charset=utf-8"),
            "etag", List.of("\"1\""),
            "x-request-id", List.of("r-1"),
            "ratelimit-policy", List.of("\"partner\";q=100;w=60")));

    @Test
    void findsNothingWrongWithWhatIsDocumented() {
        assertThat(faults("/boats/7", 200, BOAT)).isEmpty();
        assertThat(faults("/ships/7", 200, BOAT)).isEmpty();
        assertThat(CONTRACT.faults(new Exchange("HEAD", "/boats/7", 200, headers, "")))
                .isEmpty();
        assertThat(faults("/boats/7", 204, "")).isEmpty();
        assertThatCode(() -> CONTRACT.check(new Exchange("GET", "/boats/7", 200, headers, BOAT)))
                .doesNotThrowAnyException();
    }

    @Test
    void failsTheTestThatGotAnythingElse() {
        assertThatThrownBy(() -> CONTRACT.check(new Exchange("GET", "/boats/7", 299, headers, BOAT)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /boats/7 -> 299")
                .hasMessageContaining("the status is not documented");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"Rose\",\"colour\":\"red\"} | colour",
                "{\"length\":12} | name",
                "{\"name\":\"Rose\",\"length\":0} | /length",
                "{\"name\":\"Rose\",\"length\":\"12\"} | /length",
                "{\"name\":\"Rose\",\"length\":null} | /length",
                "[] | array",
                "{ | not JSON",
                "{\"name\":\"Rose\",\"requestId\":\"r-2\"} | requestId is not that of the header",
            })
    void findsFaultsOfABody(String body, String fault) {
        assertThat(faults("/boats/7", 200, body)).anyMatch(line -> line.contains(fault));
    }

    @Test
    void findsABodyWhereNoneIsDocumented() {
        assertThat(faults("/boats/7", 204, "x")).containsExactly("there should be no body");
    }

    @Test
    void findsAnUndocumentedContentType() {
        headers.put("content-type", List.of("text/html"));
        assertThat(faults("/boats/7", 200, BOAT)).containsExactly("the content type is not documented: text/html");
    }

    @Test
    void findsHeadersThatAreMissingOrMalformed() {
        headers.put("age", List.of("old"));
        headers.remove("etag");
        assertThat(faults("/boats/7", 200, BOAT))
                .hasSize(2)
                .contains("the header ETag is missing")
                .anyMatch(line -> line.startsWith("Age (old)"));
    }

    @Test
    void findsAnotherLimitThanTheOneDocumented() {
        headers.put("ratelimit-policy", List.of("\"public\";q=1000;w=60"));
        assertThat(faults("/boats/7", 200, BOAT)).singleElement().asString().contains("counted by partner");
        headers.remove("ratelimit-policy");
        assertThat(faults("/boats/7", 200, BOAT)).singleElement().asString().contains("RateLimit-Policy is missing");
    }

    @Test
    void findsThatPagesMayReadWhatTheyMustNotAndTheOtherWayRound() {
        headers.put("access-control-allow-origin", List.of("*"));
        assertThat(faults("/boats/7", 200, BOAT)).singleElement().asString().contains("pages must not read this");
        headers.clear();
        headers.put("content-type", List.of("text/plain"));
        assertThat(faults("/boats/count", 200, "7")).singleElement().asString().contains("any page may read this");
    }

    @Test
    void aPathWrittenOutBeatsOneWithParameters() {
        headers.clear();
        headers.putAll(Map.of(
                "content-type", List.of("text/plain"),
                "access-control-allow-origin", List.of("*")));
        assertThat(faults("/boats/count", 200, "7")).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotFoundAndWhatIsThereIsNever() {
        String notFound = "{\"code\":\"NOT_FOUND\"}";
        assertThat(faults("/cars", 404, notFound)).isEmpty();
        assertThat(faults("/boats/", 404, notFound)).isEmpty();
        assertThat(faults("/boats/7", 404, notFound)).containsExactly("the status is not documented");
        assertThat(faults("/boats/7", 503, notFound)).isEmpty();
        assertThat(faults("/cars", 404, "{\"code\":\"OTHER\"}")).isNotEmpty();
        assertThat(faults("/cars", 200, BOAT)).containsExactly("the status is not documented");
    }

    private List<String> faults(String path, int status, String body) {
        return CONTRACT.faults(new Exchange("GET", path, status, headers, body));
    }
}
