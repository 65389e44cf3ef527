package io.lunarstream.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says what is wrong with a response: its status must be documented for its path and method, or for any request
/// (`x-any-request`); then its headers, its content type and its body must be as documented.
public final class Contract {
    /// What answers a path or method that is not there; never one that is.
    private static final Set<Integer> UNKNOWN = Set.of(404, 405);

    private static final JsonMapper JSON = new JsonMapper();

    private final Document document;
    private final Schemas schemas;
    private final HeaderRules headerRules;
    private final List<Operation> operations;

    private Contract(Document document) {
        this.document = document;
        this.schemas = new Schemas(document);
        this.headerRules = new HeaderRules(document, schemas);
        this.operations = Operation.allOf(document);
    }

    public static Contract parse(String yaml) {
        return new Contract(Document.parse(yaml));
    }

    /// The contract that lies on the class path.
    ///
    /// @param resource its name from the root, with a slash before it
    public static Contract read(String resource) {
        return parse(Document.resource(resource));
    }

    /// Everything that is documented, once for each path that it has.
    public List<Operation> operations() {
        return operations;
    }

    /// Fails if a response is not as documented.
    public void check(Exchange exchange) {
        List<String> faults = faults(exchange);
        if (!faults.isEmpty()) {
            throw new AssertionError("not as documented: " + exchange.method() + " " + exchange.path() + " -> "
                    + exchange.status() + "\n  " + String.join("\n  ", faults) + "\n" + exchange.headers() + "\n"
                    + exchange.body());
        }
    }

    /// What is wrong with a response, a line for each fault. One thread at a time: schemas are read when first needed.
    public synchronized List<String> faults(Exchange exchange) {
        Optional<Operation> operation = operation(exchange);
        List<List<String>> verdicts = new ArrayList<>();
        operation.ifPresent(known -> response(known.node(), exchange).ifPresent(response -> {
            List<String> faults = faults(response, exchange);
            faults.addAll(headerRules.faultsOfOperation(known, exchange));
            verdicts.add(faults);
        }));
        boolean mayBeUnknown = operation.map(Operation::elsewhere).orElse(true);
        if (mayBeUnknown || !UNKNOWN.contains(exchange.status())) {
            response(document.root().path("x-any-request"), exchange)
                    .ifPresent(response -> verdicts.add(faults(response, exchange)));
        }
        if (verdicts.isEmpty()) {
            return List.of("the status is not documented");
        }
        return verdicts.stream().anyMatch(List::isEmpty) ? List.of() : verdicts.getFirst();
    }

    /// The path decides first: one written out has its own methods and no others.
    private Optional<Operation> operation(Exchange exchange) {
        return operations.stream()
                .filter(known -> known.hasPath(exchange.path()))
                .findFirst()
                .flatMap(path -> operations.stream()
                        .filter(known -> known.template().equals(path.template()))
                        .filter(known -> known.method().equals(exchange.documentedMethod()))
                        .findFirst());
    }

    /// What is wrong with the examples of the document, a line for each fault.
    public synchronized List<String> exampleFaults() {
        return new Examples(document, schemas).faults();
    }

    private Optional<JsonNode> response(JsonNode described, Exchange exchange) {
        return Optional.ofNullable(described.path("responses").get(Integer.toString(exchange.status())))
                .map(document::resolve);
    }

    private List<String> faults(JsonNode response, Exchange exchange) {
        List<String> faults = new ArrayList<>(headerRules.faults(response, exchange));
        JsonNode content = response.path("content");
        if (content.isEmpty()) {
            if (!exchange.body().isEmpty()) {
                faults.add("there should be no body");
            }
            return faults;
        }
        JsonNode mediaType = content.get(exchange.mediaType());
        if (mediaType == null) {
            faults.add("the content type is not documented: " + exchange.mediaType());
        } else if (!exchange.isHead()) {
            faults.addAll(bodyFaults(mediaType.path("schema"), exchange));
        }
        return faults;
    }

    private List<String> bodyFaults(JsonNode schema, Exchange exchange) {
        if (!exchange.mediaType().equals("application/json")) {
            return schemas.faults(schema, TextNode.valueOf(exchange.body()));
        }
        try {
            JsonNode body = JSON.readTree(exchange.body());
            List<String> faults = new ArrayList<>(schemas.faults(schema, body));
            String requestId = body.path("requestId")
                    .asText(exchange.header("X-Request-Id").orElse(""));
            if (!exchange.header("X-Request-Id").equals(Optional.of(requestId))) {
                faults.add("requestId is not that of the header");
            }
            return faults;
        } catch (JsonProcessingException e) {
            return List.of("the body is not JSON: " + e.getOriginalMessage());
        }
    }
}
