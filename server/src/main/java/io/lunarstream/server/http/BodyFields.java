package io.lunarstream.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads the fields of a JSON object and collects what is wrong with them. An optional field that is `null` counts as
/// absent; a field nobody reads should not exist.
public final class BodyFields {
    private final ObjectNode object;
    private final Faults faults;
    private final Set<String> read = new HashSet<>();

    BodyFields(ObjectNode object, Faults faults) {
        this.object = object;
        this.faults = faults;
    }

    public String requiredText(String name) {
        return required(name, text(name), "");
    }

    public Optional<String> text(String name) {
        return read(name, Fault.of(name, "must be a string"), BodyFields::asText);
    }

    /// A text that may be left out, but not `null`.
    public Optional<String> textIfGiven(String name) {
        return parsed(name, object.has(name), Fault.of(name, "must be a string"), BodyFields::asText);
    }

    /// An id that may be left out, but not `null`.
    public Optional<UUID> uuidIfGiven(String name) {
        return parsed(name, object.has(name), Fault.malformedId(name), BodyFields::asUuid);
    }

    /// A text that may be left out, and that `null` clears.
    public Change<String> textChange(String name) {
        return change(name, text(name));
    }

    /// As [#textMap], for one that may be left out, and that `null` clears.
    public Change<Map<String, String>> textMapChange(String name) {
        return change(name, textMap(name));
    }

    public UUID requiredUuid(String name) {
        return required(name, uuid(name), Shape.NO_ID);
    }

    public Optional<UUID> uuid(String name) {
        return read(name, Fault.malformedId(name), BodyFields::asUuid);
    }

    /// An integer of any size: whether it is acceptable is a question of its value, not of its shape.
    public Optional<BigInteger> integer(String name) {
        return read(
                name,
                Fault.of(name, "must be an integer"),
                node -> Optional.of(node).filter(JsonNode::isIntegralNumber).map(JsonNode::bigIntegerValue));
    }

    public BigInteger requiredInteger(String name) {
        return required(name, integer(name), BigInteger.ZERO);
    }

    /// One of some words.
    ///
    /// @param words what they mean; the first is the stand-in
    /// @param spelling how the API writes them
    public <T> T requiredWord(String name, List<T> words, Function<T, String> spelling) {
        String allowed = words.stream().map(spelling).collect(Collectors.joining(", "));
        Optional<T> word = read(
                name,
                Fault.of(name, "must be one of " + allowed),
                node -> asText(node)
                        .flatMap(text -> words.stream()
                                .filter(candidate -> spelling.apply(candidate).equals(text))
                                .findFirst()));
        return required(name, word, words.getFirst());
    }

    public Optional<Boolean> flag(String name) {
        return read(
                name,
                Fault.of(name, "must be a boolean"),
                node -> Optional.of(node).filter(JsonNode::isBoolean).map(JsonNode::booleanValue));
    }

    /// An object whose values are all strings, in the order given.
    public Optional<Map<String, String>> textMap(String name) {
        return read(
                        name,
                        Fault.of(name, "must be an object"),
                        node -> Optional.of(node).filter(JsonNode::isObject))
                .map(node -> textMap(name, node));
    }

    private Map<String, String> textMap(String name, JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                faults.add(Fault.of(name + "." + entry.getKey(), "must be a string"));
            }
            texts.put(entry.getKey(), entry.getValue().asText());
        });
        return texts;
    }

    /// Adds a fault if the object is empty.
    ///
    /// @param fields what it may have, for the message
    public void requireAnyOf(String fields) {
        if (object.isEmpty()) {
            faults.add(Fault.of("body", "must have at least one of " + fields));
        }
    }

    /// Adds a fault for each field that nobody read.
    void refuseUnread() {
        object.fieldNames().forEachRemaining(name -> {
            if (!read.contains(name)) {
                faults.add(Fault.unknown(name));
            }
        });
    }

    private static Optional<String> asText(JsonNode node) {
        return Optional.of(node).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private static Optional<UUID> asUuid(JsonNode node) {
        return asText(node).flatMap(Shape::parseUuid);
    }

    private <T> Change<T> change(String name, Optional<T> value) {
        if (!object.has(name)) {
            return new Change.Unchanged<>();
        }
        return value.<Change<T>>map(Change.To::new).orElseGet(Change.Cleared::new);
    }

    private <T> Optional<T> read(String name, Fault fault, Function<JsonNode, Optional<T>> parser) {
        return parsed(name, object.hasNonNull(name), fault, parser);
    }

    private <T> Optional<T> parsed(String name, boolean given, Fault fault, Function<JsonNode, Optional<T>> parser) {
        read.add(name);
        if (!given) {
            return Optional.empty();
        }
        Optional<T> value = parser.apply(object.get(name));
        if (value.isEmpty()) {
            faults.add(fault);
        }
        return value;
    }

    private <T> T required(String name, Optional<T> value, T standIn) {
        if (!object.hasNonNull(name)) {
            faults.add(Fault.required(name));
        }
        return value.orElse(standIn);
    }
}
