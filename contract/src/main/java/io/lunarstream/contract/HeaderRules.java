package io.lunarstream.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;

/// What is promised of headers: those that a response names, and two rules for all responses of an operation.
///
/// | operation | its responses |
/// |---|---|
/// | public | may be read from any page, errors too; others never |
/// | counted by a rate limit | carry that limit's headers, errors too; others only those of failed authentications |
final class HeaderRules {
    private static final String CORS = "Access-Control-Allow-Origin";
    private static final String POLICY = "RateLimit-Policy";
    private static final String FAILED_AUTHENTICATIONS = "failed-authentications";

    /// Failed authentications have a limit of their own.
    private static final Set<Integer> REFUSED = Set.of(401, 429);

    /// May be answered before a limit is asked.
    private static final Set<Integer> NOT_COUNTED = Set.of(500, 503);

    private final Document document;
    private final Schemas schemas;

    HeaderRules(Document document, Schemas schemas) {
        this.document = document;
        this.schemas = schemas;
    }

    /// The headers that a response names.
    List<String> faults(JsonNode response, Exchange exchange) {
        List<String> faults = new ArrayList<>();
        for (Entry<String, JsonNode> named : response.path("headers").properties()) {
            JsonNode header = document.resolve(named.getValue());
            Optional<String> value = exchange.header(named.getKey());
            if (value.isPresent()) {
                schemas.faults(header.path("schema"), TextNode.valueOf(value.get()))
                        .forEach(fault -> faults.add(named.getKey() + " (" + value.get() + ")" + fault));
            } else if (header.path("required").asBoolean()) {
                faults.add("the header " + named.getKey() + " is missing");
            }
        }
        return faults;
    }

    List<String> faultsOfOperation(Operation operation, Exchange exchange) {
        List<String> faults = new ArrayList<>();
        boolean mayBeRead = exchange.header(CORS).isPresent();
        if (mayBeRead && !operation.isPublic()) {
            faults.add("pages must not read this, but " + CORS + " is there");
        }
        if (!mayBeRead && operation.isPublic() && !NOT_COUNTED.contains(exchange.status())) {
            faults.add("any page may read this, but " + CORS + " is missing");
        }
        if (!isLimitRight(operation, exchange)) {
            faults.add("counted by " + operation.rateLimit().orElse("nothing") + ", but " + POLICY + " is "
                    + exchange.header(POLICY).orElse("missing"));
        }
        return faults;
    }

    private static boolean isLimitRight(Operation operation, Exchange exchange) {
        Optional<String> policy = exchange.header(POLICY).map(HeaderRules::policyName);
        boolean ofFailures = REFUSED.contains(exchange.status()) && policy.equals(Optional.of(FAILED_AUTHENTICATIONS));
        boolean missingRightly = NOT_COUNTED.contains(exchange.status()) && policy.isEmpty();
        return ofFailures || missingRightly || policy.equals(operation.rateLimit());
    }

    /// `partner` of `"partner";q=100;w=60`.
    private static String policyName(String header) {
        return header.split(";", 2)[0].replace("\"", "");
    }
}
