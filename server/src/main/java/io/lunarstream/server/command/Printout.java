package io.lunarstream.server.command;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/// A command's result: the API's `data` as JSON for machines, or text for people.
///
/// @param json whether machines read it
record Printout(Terminal terminal, boolean json) {

    /// One resource.
    void one(JsonNode data, List<Column> columns) {
        if (json) {
            json(data);
        } else {
            Table.sheet(data, columns, terminal.zone()).forEach(terminal.out()::println);
        }
    }

    /// What was done with a resource.
    ///
    /// @param sentence for people
    void done(JsonNode data, String sentence) {
        if (json) {
            json(data);
        } else {
            terminal.out().println(Printable.line(sentence));
        }
    }

    /// A list.
    void many(Listing listing, Table table) {
        if (json) {
            json(JsonNodeFactory.instance.arrayNode().addAll(listing.rows()));
            return;
        }
        if (!listing.rows().isEmpty()) {
            table.lines(listing.rows(), terminal.zone(), terminal.columns()).forEach(terminal.out()::println);
        }
        listing.note().ifPresent(this::note);
    }

    /// Something more that people want to know, beside the result.
    void note(String text) {
        if (!json) {
            terminal.err().println(text);
        }
    }

    private void json(JsonNode data) {
        try {
            terminal.out()
                    .println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(data));
        } catch (JacksonException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }
}
