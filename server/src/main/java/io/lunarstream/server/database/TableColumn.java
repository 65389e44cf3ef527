package io.lunarstream.server.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A column of a table, between a database and JSON: ids and instants (ISO 8601, in UTC) are strings there.
record TableColumn(String name, Kind kind) {

    /// The types that migrations use.
    enum Kind {
        TEXT,
        UUID,
        INSTANT,
        INTEGER,
        BIG_INTEGER;

        private static Kind of(String typeName) {
            String type = typeName.toLowerCase(Locale.ROOT);
            if (type.startsWith("timestamp")) {
                return INSTANT;
            }
            return switch (type) {
                case "text" -> TEXT;
                case "uuid" -> UUID;
                case "integer", "int4" -> INTEGER;
                case "bigint", "int8" -> BIG_INTEGER;
                default -> throw new IllegalStateException("no rule for columns of type " + typeName);
            };
        }
    }

    /// The columns of a query.
    static List<TableColumn> of(ResultSetMetaData metadata) throws SQLException {
        List<TableColumn> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(new TableColumn(metadata.getColumnName(i), Kind.of(metadata.getColumnTypeName(i))));
        }
        return columns;
    }

    JsonNode read(ResultSet row) throws SQLException {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (row.getObject(name) == null) {
            return json.nullNode();
        }
        return switch (kind) {
            case TEXT, UUID -> json.textNode(row.getString(name));
            case INSTANT -> json.textNode(row.getTimestamp(name).toInstant().toString());
            case INTEGER, BIG_INTEGER -> json.numberNode(row.getLong(name));
        };
    }

    /// @param position of the parameter, from 1
    void bind(PreparedStatement insert, int position, JsonNode value) throws SQLException {
        if (value.isNull()) {
            insert.setNull(position, Types.NULL);
            return;
        }
        switch (kind) {
            case TEXT -> insert.setString(position, value.asText());
            case UUID -> insert.setObject(position, java.util.UUID.fromString(value.asText()));
            case INSTANT -> insert.setTimestamp(position, Timestamp.from(Instant.parse(value.asText())));
            case INTEGER -> insert.setInt(position, value.intValue());
            case BIG_INTEGER -> insert.setLong(position, value.longValue());
        }
    }
}
