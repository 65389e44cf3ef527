package io.lunarstream.server.database;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/// Error codes of PostgreSQL. Source: its documentation, Appendix A.
final class SqlState {
    /// read_only_sql_transaction: the server is a standby.
    static final String READ_ONLY = "25006";

    /// lock_not_available: another connection holds it for too long.
    static final String LOCK_NOT_AVAILABLE = "55P03";

    /// unique_violation
    static final String UNIQUE = "23505";

    /// serialization_failure, deadlock_detected: of two transactions one was undone so that the other could go on.
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    /// Codes of failures that pass, and classes of such: no connection; out of connections, memory or disk; the disk
    /// fails; a statement, a transaction or a lock has taken too long; the server stops, starts, or has crashed.
    private static final Set<String> OUTAGES = Set.of(
            READ_ONLY,
            "25P03",
            "25P04",
            "40001",
            "40P01",
            LOCK_NOT_AVAILABLE,
            "57014",
            "57P01",
            "57P02",
            "57P03",
            "57P05");

    private static final Set<String> OUTAGE_CLASSES = Set.of("08", "53", "58");

    private static final int CLASS_LENGTH = 2;

    private SqlState() {}

    /// Whether doing the whole transaction again may help.
    static boolean isConflict(Throwable exception) {
        for (@Nullable Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (CONFLICTS.contains(of(cause))) {
                return true;
            }
        }
        return false;
    }

    static boolean isOutage(SQLException exception) {
        String state = of(exception);
        return OUTAGES.contains(state)
                || (state.length() > CLASS_LENGTH && OUTAGE_CLASSES.contains(state.substring(0, CLASS_LENGTH)));
    }

    /// The code of a failure; empty if it has none. SQLite's driver has numbers of its own.
    static String of(Throwable exception) {
        return exception instanceof SQLException sql && !(sql instanceof SQLiteException) && sql.getSQLState() != null
                ? sql.getSQLState()
                : "";
    }
}
