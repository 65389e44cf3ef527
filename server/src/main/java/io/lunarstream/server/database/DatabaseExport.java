package io.lunarstream.server.database;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lunarstream.server.database.ArchiveFormat.Manifest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes all tables of a database into one file, as they were at one moment, while a server may go on using it.
public final class DatabaseExport {
    /// Rows that are fetched at a time: PostgreSQL would send all of them into memory.
    private static final int FETCHED_ROWS = 1000;

    private final Connection connection;
    private final ZipOutputStream zip;

    private DatabaseExport(Connection connection, ZipOutputStream zip) {
        this.connection = connection;
        this.zip = zip;
    }

    /// Writes a database into a new file, which only its owner can read.
    ///
    /// @return how many rows it has
    /// @throws ArchiveException if the file is there, or the database is of another version than this program
    /// @throws DatabaseUnavailableException if the database cannot be reached
    public static long write(DatabaseLocation location, Path file) {
        Engine engine = Engine.of(location);
        String version = Schema.of(engine.patientConnections()).requireCurrent();
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new ArchiveException(file + " is there already; name another file");
        } catch (IOException e) {
            throw new ArchiveException(file + " cannot be written: " + e);
        }
        try (Connection connection = engine.patientConnections().getConnection();
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            engine.beginSnapshot(connection);
            return new DatabaseExport(connection, zip).write(version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new DatabaseUnavailableException(e);
        }
    }

    private long write(String schemaVersion) throws IOException, SQLException {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String table : ArchiveFormat.TABLES) {
            rows.put(table, Schema.count(connection, table));
        }
        zip.putNextEntry(new ZipEntry(ArchiveFormat.MANIFEST));
        zip.write(ArchiveFormat.JSON.writeValueAsBytes(
                new Manifest(ArchiveFormat.NAME, ArchiveFormat.VERSION, schemaVersion, rows)));
        for (String table : ArchiveFormat.TABLES) {
            zip.putNextEntry(ArchiveFormat.entry(table));
            writeRows(table);
        }
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    private void writeRows(String table) throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCHED_ROWS);
            try (ResultSet row = statement.executeQuery("select * from " + table)) {
                List<TableColumn> columns = TableColumn.of(row.getMetaData());
                while (row.next()) {
                    ObjectNode json = ArchiveFormat.JSON.createObjectNode();
                    for (TableColumn column : columns) {
                        json.set(column.name(), column.read(row));
                    }
                    zip.write(ArchiveFormat.JSON.writeValueAsBytes(json));
                    zip.write('\n');
                }
            }
        }
    }
}
