package io.lunarstream.server.database;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;

/// The file that a database is moved in: a ZIP archive of `manifest.json` and, for each table, `TABLE.jsonl` with one
/// JSON object for each row, by the names of its columns. See `docs/operator-guide.md`.
final class ArchiveFormat {
    static final String NAME = "lunar-stream-database";

    /// Changes when an older program would misread the file.
    static final int VERSION = 1;

    static final String MANIFEST = "manifest.json";

    /// Tables of the moment, which no other database needs: media nodes report every 2 s.
    static final List<String> LEFT_OUT = List.of("media_node_report", "lease");

    /// Every other table, those first that others refer to.
    static final List<String> TABLES = List.of(
            "project",
            "api_key",
            "media_server",
            "livestream",
            "livestream_count",
            "livestream_count_change",
            "push_token",
            "idempotency_key",
            "foreign_publisher",
            "account",
            "refresh_family",
            "refresh_token",
            "audit_entry",
            "secret");

    static final JsonMapper JSON = new JsonMapper();

    /// What a file says of itself.
    ///
    /// @param schemaVersion of the newest migration of the database
    /// @param rows how many each table has
    record Manifest(String format, int formatVersion, String schemaVersion, Map<String, Long> rows) {}

    private ArchiveFormat() {}

    static ZipEntry entry(String table) {
        return new ZipEntry(table + ".jsonl");
    }
}
