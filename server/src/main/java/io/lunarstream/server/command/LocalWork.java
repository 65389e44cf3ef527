package io.lunarstream.server.command;

import java.util.function.Function;

/// What commands have done on the machine of the server, without its API. Each says what it has done, or throws a
/// [ConfigException] with the reason why not.
///
/// @param password sets a lost password
/// @param database works on the database itself
public record LocalWork(Function<NewPassword, String> password, Function<DatabaseTask, String> database) {}
