package io.lunarstream.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.function.BiFunction;

/// What is shown of a resource, and what it is called: a column of a table, or a line about one thing.
///
/// @param value a resource and the zone of its times to text
record Column(String title, BiFunction<JsonNode, ZoneId, String> value) {
    /// In place of what is not there.
    private static final String NOTHING = "-";

    private static final DateTimeFormatter TO_THE_MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /// A field as it is.
    ///
    /// @param pointer such as `/mediaServer/name`
    static Column of(String title, String pointer) {
        return new Column(title, (resource, _) -> text(resource, pointer));
    }

    /// A time, in the reader's zone.
    static Column time(String title, String pointer) {
        return new Column(title, (resource, zone) -> time(text(resource, pointer), zone, TO_THE_SECOND));
    }

    /// A time where there is little room.
    static Column minute(String title, String pointer) {
        return new Column(title, (resource, zone) -> time(text(resource, pointer), zone, TO_THE_MINUTE));
    }

    /// A field, or another where it is not there.
    static Column first(String title, String pointer, String otherwise) {
        return new Column(
                title, (resource, _) -> text(resource, resource.at(pointer).isTextual() ? pointer : otherwise));
    }

    /// Two fields with something between them.
    static Column pair(String title, String first, String between, String second) {
        return new Column(title, (resource, _) -> text(resource, first) + between + text(resource, second));
    }

    String show(JsonNode resource, ZoneId zone) {
        return Printable.line(value.apply(resource, zone));
    }

    private static String text(JsonNode resource, String pointer) {
        JsonNode value = resource.at(pointer);
        return value.isNull() || value.asText().isEmpty() ? NOTHING : value.asText();
    }

    private static String time(String text, ZoneId zone, DateTimeFormatter format) {
        try {
            return format.format(Instant.parse(text).atZone(zone));
        } catch (DateTimeParseException e) {
            return text;
        }
    }
}
