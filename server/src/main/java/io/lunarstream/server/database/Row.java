package io.lunarstream.server.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The current row of a result, read into the types of the program. The same on SQLite and PostgreSQL.
///
/// @param results positioned on the row
public record Row(ResultSet results) {

    public String text(String column) throws SQLException {
        return required(column, results.getString(column));
    }

    public Optional<String> optionalText(String column) throws SQLException {
        return Optional.ofNullable(results.getString(column));
    }

    public UUID uuid(String column) throws SQLException {
        return UUID.fromString(text(column));
    }

    public Optional<UUID> optionalUuid(String column) throws SQLException {
        return optionalText(column).map(UUID::fromString);
    }

    public int integer(String column) throws SQLException {
        return results.getInt(column);
    }

    /// A column of 64 bits.
    public long longInteger(String column) throws SQLException {
        return results.getLong(column);
    }

    /// A column of floating point.
    public Optional<Double> optionalNumber(String column) throws SQLException {
        double number = results.getDouble(column);
        return results.wasNull() ? Optional.empty() : Optional.of(number);
    }

    public boolean flag(String column) throws SQLException {
        return results.getBoolean(column);
    }

    public Instant instant(String column) throws SQLException {
        return required(column, results.getTimestamp(column)).toInstant();
    }

    public Optional<Instant> optionalInstant(String column) throws SQLException {
        return Optional.ofNullable(results.getTimestamp(column)).map(Timestamp::toInstant);
    }

    /// A column that holds milliseconds.
    public Optional<Duration> optionalMillis(String column) throws SQLException {
        long millis = results.getLong(column);
        return results.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    private static <T> T required(String column, @Nullable T value) throws SQLException {
        if (value == null) {
            throw new SQLException("column " + column + " is null");
        }
        return value;
    }
}
