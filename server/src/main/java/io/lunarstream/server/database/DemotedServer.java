package io.lunarstream.server.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/// Has the pool drop connections to a server that takes no writes any more, so that the next goes to its successor.
final class DemotedServer implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException exception) {
        return SqlState.READ_ONLY.equals(exception.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
