package io.lunarstream.server.secret;

import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.database.Database;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/// Secrets in the database, encrypted, the same for all nodes. Safe to call from any thread.
///
/// A start moves what it finds in files: it is committed first, then the file is deleted. Whatever happens in
/// between, it is in one place at least, and the next start goes on.
final class SharedSecrets implements Secrets {
    private final SecretRepository repository = new SecretRepository();
    private final Database database;
    private final Seal seal;
    private final SecretFiles files;

    SharedSecrets(Database database, Seal seal, SecretFiles files) {
        this.database = database;
        this.seal = seal;
        this.files = files;
    }

    @Override
    public byte[] open(String name, Supplier<byte[]> first, Consumer<byte[]> check) {
        try {
            Optional<String> sealed = database.read(handle -> repository.find(handle, name));
            byte[] opened = sealed.filter(seal::isCurrent).isPresent()
                    ? seal.open(name, sealed.get())
                    : store(name, sealed, first, check);
            files.giveUp(name, opened);
            return opened;
        } catch (UnreadableSecretException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    /// Makes it before it is alone: others wait meanwhile, and not for long.
    private byte[] store(String name, Optional<String> sealed, Supplier<byte[]> first, Consumer<byte[]> check) {
        byte[] known = sealed.map(text -> seal.open(name, text))
                .or(() -> files.find(name, check))
                .orElseGet(first);
        return database.writeAlone(transaction -> storeAlone(transaction, name, known));
    }

    /// What another node has stored meanwhile wins.
    private byte[] storeAlone(Handle transaction, String name, byte[] known) {
        Optional<String> stored = repository.lock(transaction, name);
        if (stored.isEmpty()) {
            repository.insert(transaction, name, seal.close(name, known));
            return known;
        }
        byte[] opened = seal.open(name, stored.get());
        if (!seal.isCurrent(stored.get())) {
            repository.update(transaction, name, seal.close(name, opened));
        }
        return opened;
    }

    @Override
    public boolean areShared() {
        return true;
    }

    @Override
    public byte[] read(String name) {
        return open(name, database.read(handle -> repository.find(handle, name)));
    }

    private byte[] open(String name, Optional<String> sealed) {
        return seal.open(name, sealed.orElseThrow(() -> UnreadableSecretException.gone(name)));
    }

    @Override
    public void change(Handle transaction, String name, UnaryOperator<byte[]> change) {
        byte[] before = open(name, repository.lock(transaction, name));
        repository.update(transaction, name, seal.close(name, change.apply(before)));
    }
}
