package io.lunarstream.server.auth;

import io.lunarstream.server.database.Database;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Checks the secrets that media servers outside this process prove themselves with. Only their SHA-256 is stored.
/// Source: the Partner API, push-auth.
public final class MediaServerSecrets {
    private final Database database;
    private final MediaServerSecretRepository repository = new MediaServerSecretRepository();

    public MediaServerSecrets(Database database) {
        this.database = database;
    }

    /// The media server whose secret this is.
    public Optional<Principal.MediaServer> authenticate(String secret) {
        String sha256 = Sha256.hex(secret.getBytes(StandardCharsets.UTF_8));
        return database.read(handle -> repository.find(handle, sha256))
                .filter(stored -> Sha256.equalInConstantTime(stored.sha256(), sha256))
                .map(stored -> new Principal.MediaServer(stored.mediaServerId(), stored.isNode()));
    }
}
