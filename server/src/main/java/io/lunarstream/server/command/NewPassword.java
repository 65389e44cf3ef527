package io.lunarstream.server.command;

import java.nio.file.Path;
import java.util.Optional;

/// A password that is to be set on the machine of the server.
///
/// @param dataDirectory of the server
/// @param email whose; empty for the administrator that the credentials file names
/// @param chosen empty to have one made
public record NewPassword(Path dataDirectory, Optional<String> email, Optional<String> chosen) {
    @Override
    public String toString() {
        return "NewPassword[" + dataDirectory + ", " + email + "]";
    }
}
