package io.lunarstream.server.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.database.ArchiveFormat.Manifest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Reads the file of a [DatabaseExport] into an empty database: all of it, in one transaction, or nothing. Both
/// databases check every reference of a row to another when it is inserted.
public final class DatabaseImport {
    /// Rows that are sent at a time.
    private static final int BATCH = 500;

    private final Connection connection;
    private final ZipFile zip;

    private DatabaseImport(Connection connection, ZipFile zip) {
        this.connection = connection;
        this.zip = zip;
    }

    /// Fills an empty database; its tables are made where missing.
    ///
    /// @return how many rows it has now
    /// @throws ArchiveException if the database is not empty, or the file is not whole or of another version
    /// @throws DatabaseUnavailableException if the database cannot be reached
    public static long read(DatabaseLocation location, Path file) {
        Engine engine = Engine.of(location);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Manifest manifest = manifest(zip);
            String version = Schema.of(engine.patientConnections()).migrate();
            if (!version.equals(manifest.schemaVersion())) {
                throw new ArchiveException("the file holds tables of version " + manifest.schemaVersion()
                        + " and this program needs version " + version
                        + "; import it with the program that has written it, then update");
            }
            return inTransaction(engine, zip, manifest);
        } catch (IOException e) {
            throw new ArchiveException(file + " is no whole export of a database: " + e.getMessage());
        } catch (SQLException e) {
            throw Outage.causes(e) ? new DatabaseUnavailableException(e) : notAccepted(e);
        }
    }

    private static ArchiveException notAccepted(SQLException exception) {
        return new ArchiveException("the database does not accept the file: " + exception.getMessage());
    }

    private static Manifest manifest(ZipFile zip) throws IOException {
        try (InputStream in = zip.getInputStream(entry(zip, ArchiveFormat.MANIFEST))) {
            Manifest manifest = ArchiveFormat.JSON.readValue(in, Manifest.class);
            if (!ArchiveFormat.NAME.equals(manifest.format()) || manifest.formatVersion() != ArchiveFormat.VERSION) {
                throw new ArchiveException(
                        "the file is of another format than " + ArchiveFormat.NAME + " " + ArchiveFormat.VERSION);
            }
            return manifest;
        }
    }

    private static ZipEntry entry(ZipFile zip, String name) throws IOException {
        @Nullable ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(name + " is missing");
        }
        return entry;
    }

    private static long inTransaction(Engine engine, ZipFile zip, Manifest manifest) throws IOException, SQLException {
        try (Connection connection = engine.patientConnections().getConnection()) {
            connection.setAutoCommit(false);
            try {
                long rows = new DatabaseImport(connection, zip).read(manifest);
                connection.commit();
                return rows;
            } catch (IOException | SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private long read(Manifest manifest) throws IOException, SQLException {
        for (String table : ArchiveFormat.TABLES) {
            if (Schema.count(connection, table) > 0) {
                throw new ArchiveException("the database is not empty: there are rows in " + table);
            }
        }
        long rows = 0;
        for (String table : ArchiveFormat.TABLES) {
            readRows(table);
            long expected = manifest.rows().getOrDefault(table, 0L);
            long found = Schema.count(connection, table);
            if (found != expected) {
                throw new ArchiveException(table + " has " + found + " rows instead of " + expected);
            }
            rows += found;
        }
        return rows;
    }

    private void readRows(String table) throws IOException, SQLException {
        List<TableColumn> columns = columns(table);
        String names = columns.stream().map(TableColumn::name).collect(Collectors.joining(", "));
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        InputStream in =
                zip.getInputStream(entry(zip, ArchiveFormat.entry(table).getName()));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                PreparedStatement insert = connection.prepareStatement(
                        "insert into " + table + " (" + names + ") values (" + marks + ")")) {
            int waiting = 0;
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                addRow(insert, columns, line);
                waiting++;
                if (waiting % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private static void addRow(PreparedStatement insert, List<TableColumn> columns, String line)
            throws JsonProcessingException, SQLException {
        JsonNode row = ArchiveFormat.JSON.readTree(line);
        for (int i = 0; i < columns.size(); i++) {
            TableColumn column = columns.get(i);
            column.bind(insert, i + 1, row.required(column.name()));
        }
        insert.addBatch();
    }

    private List<TableColumn> columns(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("select * from " + table + " where 1 = 0")) {
            return TableColumn.of(none.getMetaData());
        }
    }
}
