package io.lunarstream.server.secret;

import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.config.DataDirectory;
import io.lunarstream.server.config.EncryptionKeys;
import io.lunarstream.server.database.Database;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/// The secrets that sign tokens, each a few bytes under a name. Source: operations, "Many machines".
///
/// | `secrets.key` | they lie | in the name of |
/// |---|---|---|
/// | not set | in files of the data directory, mode 0600 | [SecretFiles] |
/// | set | in the database, encrypted; all nodes have the same | [SharedSecrets] |
public sealed interface Secrets permits SecretFiles, SharedSecrets {

    /// Those of an installation.
    ///
    /// @param encryption by which they are kept in the database, if they are
    /// @throws ConfigException if they are in the database already, and there is no key
    static Secrets in(DataDirectory directory, Database database, Optional<EncryptionKeys> encryption) {
        SecretFiles files = new SecretFiles(directory);
        if (encryption.isPresent()) {
            return new SharedSecrets(database, new Seal(encryption.get()), files);
        }
        if (database.read(new SecretRepository()::any)) {
            throw new ConfigException("secrets.key: none is set, and the database keeps its signing keys encrypted by"
                    + " one; allowed: that key, here or in secrets.key-file");
        }
        return files;
    }

    /// A secret at the start of the program, made and stored where there is none.
    ///
    /// @param first makes one
    /// @param check throws a [ConfigException] if one from a file is damaged
    /// @throws ConfigException if it is there and cannot be used
    byte[] open(String name, Supplier<byte[]> first, Consumer<byte[]> check);

    /// Whether other nodes have the same, and may change them.
    boolean areShared();

    /// A secret as it is now: another node may have changed it.
    ///
    /// @throws UnreadableSecretException if this node cannot read it any more
    byte[] read(String name);

    /// Changes a secret. Others see it when the transaction commits; a file is changed at once.
    ///
    /// @param change is given what it was; nobody else changes it meanwhile
    /// @throws UnreadableSecretException if this node cannot read it any more
    void change(Handle transaction, String name, UnaryOperator<byte[]> change);
}
