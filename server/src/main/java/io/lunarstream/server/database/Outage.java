package io.lunarstream.server.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Tells an outage of the database, which passes, from a fault of ours, which does not.
final class Outage {
    private static final int PRIMARY_CODE_MASK = 0xff;

    /// Primary result codes of SQLite for a file that is locked, unreadable, full or gone.
    private static final Set<Integer> SQLITE_CODES = Set.of(
            SQLiteErrorCode.SQLITE_BUSY.code,
            SQLiteErrorCode.SQLITE_LOCKED.code,
            SQLiteErrorCode.SQLITE_READONLY.code,
            SQLiteErrorCode.SQLITE_IOERR.code,
            SQLiteErrorCode.SQLITE_CORRUPT.code,
            SQLiteErrorCode.SQLITE_FULL.code,
            SQLiteErrorCode.SQLITE_CANTOPEN.code,
            SQLiteErrorCode.SQLITE_PROTOCOL.code,
            SQLiteErrorCode.SQLITE_NOTADB.code);

    private Outage() {}

    static boolean causes(Throwable exception) {
        for (@Nullable Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isOutage(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOutage(SQLException exception) {
        if (exception instanceof SQLiteException sqlite) {
            return SQLITE_CODES.contains(sqlite.getResultCode().code & PRIMARY_CODE_MASK);
        }
        return exception instanceof SQLTransientConnectionException
                || SqlState.isOutage(exception)
                || isPoolClosed(exception);
    }

    /// HikariCP reports a pool that is shutting down as a plain exception without a state.
    private static boolean isPoolClosed(SQLException exception) {
        return exception.getSQLState() == null
                && String.valueOf(exception.getMessage()).contains("has been closed");
    }
}
