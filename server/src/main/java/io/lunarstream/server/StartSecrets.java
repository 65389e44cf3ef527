package io.lunarstream.server;

import java.nio.file.Path;
import java.util.Optional;

/// What a start tells its operator of secrets, in one line each.
///
/// @param apiKey the first project's key, while the credentials file holds it
/// @param credentials where the credentials file is
record StartSecrets(Bootstrap bootstrap, Optional<String> apiKey, Path credentials) {

    String keyLine() {
        return apiKey.map(key -> key + "  (also in " + credentials + ")")
                .orElse("not shown: " + credentials
                        + " does not hold it, and only its hash is stored; use the key noted at the first start");
    }

    /// The password is printed by the start that makes it, and by no other.
    String administratorLine() {
        return bootstrap
                .newAccount()
                .map(account ->
                        account.email().text() + ", password " + account.password() + "  (also in " + credentials + ")")
                .orElse("see adminEmail and adminPassword in " + credentials
                        + "; a lost password: ./lunar account password");
    }
}
