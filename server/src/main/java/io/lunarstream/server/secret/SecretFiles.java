package io.lunarstream.server.secret;

import io.lunarstream.server.config.DataDirectory;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Secrets in files of the data directory (0600), which are read once. Safe to call from any thread.
final class SecretFiles implements Secrets {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFiles.class);

    /// What a file is called after its name that was not needed.
    private static final String UNUSED = ".unused";

    private final DataDirectory directory;
    private final Map<String, byte[]> secrets = new ConcurrentHashMap<>();

    SecretFiles(DataDirectory directory) {
        this.directory = directory;
    }

    @Override
    public byte[] open(String name, Supplier<byte[]> first, Consumer<byte[]> check) {
        byte[] opened = find(name, check).orElseGet(() -> {
            byte[] made = first.get();
            directory.writeSecret(name, made);
            return made;
        });
        secrets.put(name, opened);
        return opened;
    }

    @Override
    public boolean areShared() {
        return false;
    }

    @Override
    public byte[] read(String name) {
        return Objects.requireNonNull(secrets.get(name), name);
    }

    @Override
    public synchronized void change(Handle transaction, String name, UnaryOperator<byte[]> change) {
        byte[] changed = change.apply(read(name));
        directory.writeSecret(name, changed);
        secrets.put(name, changed);
    }

    /// What a file holds, if it is there.
    Optional<byte[]> find(String name, Consumer<byte[]> check) {
        Optional<byte[]> found = directory.read(name);
        found.ifPresent(check);
        return found;
    }

    /// Leaves no second truth beside the database, which holds the secret by now: a file with the same content is
    /// deleted, and another one set aside, because its content may be nowhere else.
    void giveUp(String name, byte[] shared) {
        Optional<byte[]> left = directory.read(name);
        if (left.isEmpty()) {
            directory.delete(name);
        } else if (MessageDigest.isEqual(left.get(), shared)) {
            directory.delete(name);
            LOG.info("{} is in the database now, encrypted by secrets.key; the file is deleted", name);
        } else {
            directory.rename(name, name + UNUSED);
            LOG.warn("{} is not what the database holds, and is not used: it is {} now", name, name + UNUSED);
        }
    }
}
