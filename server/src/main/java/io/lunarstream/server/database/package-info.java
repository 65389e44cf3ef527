/// The database: pool, transactions and migrations. Repositories of the feature packages bring the SQL.
@NullMarked
package io.lunarstream.server.database;

import org.jspecify.annotations.NullMarked;
