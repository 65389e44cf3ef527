package io.lunarstream.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the fields of a JSON object and collects what is wrong with them. An optional field that is `null` counts as
/// absent; a field nobody reads should not exist.
public final class BodyFields {
    /// What the API writes itself, with or without its milliseconds: no other year or precision can be stored.
    private static final Pattern INSTANT_FORM =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");

    private final ObjectNode object;
    private final String path;
    private final Faults faults;
    private final Set<String> read = new HashSet<>();

    BodyFields(ObjectNode object, Faults faults) {
        this(object, "", faults);
    }

    /// @param path what the names of the object's fields begin with in a fault
    private BodyFields(ObjectNode object, String path, Faults faults) {
        this.object = object;
        this.path = path;
        this.faults = faults;
    }

    /// The fields of an object that was read from a body before, and stored.
    ///
    /// @param json what [#json()] gave
    public static BodyFields stored(String json) {
        ObjectNode object = Json.parse(json.getBytes(StandardCharsets.UTF_8))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseThrow();
        return new BodyFields(object, new Faults(ErrorCode.INTERNAL));
    }

    /// The whole object, to be stored.
    public String json() {
        return object.toString();
    }

    public String requiredText(String name) {
        return required(name, text(name), "");
    }

    public Optional<String> text(String name) {
        return read(name, Fault.of(path + name, "must be a string"), BodyFields::asText);
    }

    /// A text that may be left out, but not `null`.
    public Optional<String> textIfGiven(String name) {
        return parsed(name, object.has(name), Fault.of(path + name, "must be a string"), BodyFields::asText);
    }

    /// An id that may be left out, but not `null`.
    public Optional<UUID> uuidIfGiven(String name) {
        return parsed(name, object.has(name), Fault.malformedId(path + name), BodyFields::asUuid);
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
        return read(name, Fault.malformedId(path + name), BodyFields::asUuid);
    }

    /// An integer of any size: whether it is acceptable is a question of its value, not of its shape.
    public Optional<BigInteger> integer(String name) {
        return read(
                name,
                Fault.of(path + name, "must be an integer"),
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
                Fault.of(path + name, "must be one of " + allowed),
                node -> asText(node)
                        .flatMap(text -> words.stream()
                                .filter(candidate -> spelling.apply(candidate).equals(text))
                                .findFirst()));
        return required(name, word, words.getFirst());
    }

    public Optional<Boolean> flag(String name) {
        return read(
                name,
                Fault.of(path + name, "must be a boolean"),
                node -> Optional.of(node).filter(JsonNode::isBoolean).map(JsonNode::booleanValue));
    }

    public boolean requiredFlag(String name) {
        return required(name, flag(name), false);
    }

    /// An integer from `least` to `most`, for what is no question of taste.
    public Optional<Long> integerWithin(String name, long least, long most) {
        return integer(name).flatMap(number -> Range.check(path + name, number, least, most, faults));
    }

    /// As [#integerWithin]; `least` stands in for one that is not there.
    public long requiredIntegerWithin(String name, long least, long most) {
        return required(name, integerWithin(name, least, most), least);
    }

    /// A number from `least` to `most`, whole or not.
    public Optional<Double> numberWithin(String name, double least, double most) {
        return read(
                name,
                Fault.of(path + name, "must be a number from " + least + " to " + most),
                node -> Optional.of(node)
                        .filter(JsonNode::isNumber)
                        .map(JsonNode::doubleValue)
                        .filter(number -> number >= least && number <= most));
    }

    /// A time, to the millisecond.
    public Instant requiredInstant(String name) {
        Optional<Instant> instant = read(
                name,
                Fault.of(path + name, "must be a time such as 2026-01-12T18:12:38.918Z"),
                node -> asText(node).flatMap(BodyFields::parseInstant));
        return required(name, instant, Instant.EPOCH);
    }

    /// The fields of an object within this one.
    public BodyFields requiredObject(String name) {
        Optional<BodyFields> fields =
                read(name, Fault.of(path + name, "must be an object"), node -> fields(path + name + ".", node));
        return required(
                name,
                fields,
                new BodyFields(JsonNodeFactory.instance.objectNode(), path, new Faults(ErrorCode.VALIDATION_FAILED)));
    }

    /// The fields of each object of an array; one that is not there is an empty one.
    ///
    /// @param most that it may hold
    public List<BodyFields> objects(String name, int most) {
        return read(
                        name,
                        Fault.of(path + name, "must be an array of at most " + most + " objects"),
                        node -> Optional.of(node).filter(array -> array.isArray() && array.size() <= most))
                .map(array -> elements(path + name, array))
                .orElse(List.of());
    }

    private List<BodyFields> elements(String name, JsonNode array) {
        List<BodyFields> elements = new ArrayList<>();
        for (JsonNode node : array) {
            String element = name + "." + elements.size();
            Optional<BodyFields> fields = fields(element + ".", node);
            if (fields.isEmpty()) {
                faults.add(Fault.of(element, "must be an object"));
                return List.of();
            }
            elements.add(fields.get());
        }
        return elements;
    }

    private Optional<BodyFields> fields(String within, JsonNode node) {
        return node instanceof ObjectNode inner ? Optional.of(new BodyFields(inner, within, faults)) : Optional.empty();
    }

    /// An object whose values are all strings, in the order given.
    public Optional<Map<String, String>> textMap(String name) {
        return read(
                        name,
                        Fault.of(path + name, "must be an object"),
                        node -> Optional.of(node).filter(JsonNode::isObject))
                .map(node -> textMap(name, node));
    }

    private Map<String, String> textMap(String name, JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                faults.add(Fault.of(path + name + "." + entry.getKey(), "must be a string"));
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
                faults.add(Fault.unknown(path + name));
            }
        });
    }

    private static Optional<String> asText(JsonNode node) {
        return Optional.of(node).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private static Optional<UUID> asUuid(JsonNode node) {
        return asText(node).flatMap(Shape::parseUuid);
    }

    private static Optional<Instant> parseInstant(String text) {
        try {
            return INSTANT_FORM.matcher(text).matches()
                    ? Optional.of(Instant.parse(text).truncatedTo(ChronoUnit.MILLIS))
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
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
            faults.add(Fault.required(path + name));
        }
        return value.orElse(standIn);
    }
}
