package io.lunarstream.server.client;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Where a command runs.
///
/// @param environment the variables
/// @param folder the current one, which relative paths start from
/// @param home the user's folder
public record Surroundings(Map<String, String> environment, Path folder, Path home, InstantSource clock) {

    /// Those of this process.
    public static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(), Path.of(""), Path.of(System.getProperty("user.home", "")), Clock.systemUTC());
    }

    /// A variable's value; an empty one counts as one that is not set.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /// The user's configuration folder of this program, by the XDG base directory specification.
    Path configurationFolder() {
        return variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> home.resolve(".config"))
                .resolve("lunar-stream");
    }
}
