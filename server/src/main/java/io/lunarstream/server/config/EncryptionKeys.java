package io.lunarstream.server.config;

import java.util.List;
import javax.crypto.SecretKey;

/// The keys that encrypt secrets in the database: AES with 256 bits.
///
/// @param current encrypts, and decrypts
/// @param previous decrypt what they have encrypted before
public record EncryptionKeys(SecretKey current, List<SecretKey> previous) {

    public EncryptionKeys {
        previous = List.copyOf(previous);
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "EncryptionKeys[" + (1 + previous.size()) + "]";
    }
}
