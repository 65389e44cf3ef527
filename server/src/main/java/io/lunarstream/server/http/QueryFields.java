package io.lunarstream.server.http;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the parameters of a query and collects what is wrong with them. Parameters nobody reads are ignored.
public final class QueryFields {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,40}");

    private final Query query;
    private final Faults faults;

    QueryFields(Query query, Faults faults) {
        this.query = query;
        this.faults = faults;
    }

    public Optional<UUID> uuid(String name) {
        return read(name, Fault.malformedId(name), Shape::parseUuid);
    }

    public Optional<String> text(String name) {
        return read(name, Fault.of(name, "must be a string"), Optional::of);
    }

    /// One of an enum's words, as they are spelled in Java.
    public <E extends Enum<E>> Optional<E> word(String name, E[] words) {
        return word(name, List.of(words), Enum::name);
    }

    /// One of some words.
    ///
    /// @param spelling how the API writes them
    public <T> Optional<T> word(String name, List<T> words, Function<T, String> spelling) {
        String allowed = words.stream().map(spelling).collect(Collectors.joining(", "));
        return read(
                name,
                Fault.of(name, "must be one of " + allowed),
                text -> words.stream()
                        .filter(word -> spelling.apply(word).equals(text))
                        .findFirst());
    }

    /// `page` and `limit`.
    public PageRequest page() {
        long page = integer("page", 1, PageRequest.MAX_PAGE).orElse(1L);
        long limit = integer("limit", 1, PageRequest.MAX_LIMIT).orElse((long) PageRequest.DEFAULT_LIMIT);
        return new PageRequest(page, (int) limit);
    }

    private Optional<Long> integer(String name, long least, long most) {
        Optional<BigInteger> number = read(
                name,
                Fault.of(name, "must be an integer"),
                text -> Optional.of(text)
                        .filter(digits -> INTEGER.matcher(digits).matches())
                        .map(BigInteger::new));
        return number.flatMap(value -> Range.check(name, value, least, most, faults));
    }

    private <T> Optional<T> read(String name, Fault fault, Function<String, Optional<T>> parser) {
        List<Optional<String>> given = query.of(name);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value = given.size() == 1 ? given.getFirst().flatMap(parser) : Optional.empty();
        if (value.isEmpty()) {
            faults.add(fault);
        }
        return value;
    }
}
