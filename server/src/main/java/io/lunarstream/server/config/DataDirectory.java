package io.lunarstream.server.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The folder of everything that must survive a restart. Its secrets lie in files that only the owner can read.
///
/// @param path of the folder, which exists
public record DataDirectory(Path path) {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> OWNERS_FOLDER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /// Makes the folder where it is missing, for its owner alone: the database in it has hashes and names.
    ///
    /// @throws ConfigException if it cannot be made or written to
    public static DataDirectory open(Path path) {
        try {
            Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNERS_FOLDER));
        } catch (IOException e) {
            throw unusable(path);
        }
        if (!Files.isWritable(path)) {
            throw unusable(path);
        }
        return new DataDirectory(path.toAbsolutePath().normalize());
    }

    private static ConfigException unusable(Path path) {
        return new ConfigException(
                "data-dir: \"" + path + "\" is not allowed; allowed: a folder that this user can write to");
    }

    /// Where segments lie.
    public Path media() {
        return path.resolve("media");
    }

    /// A file's bytes; empty if it is not there.
    public Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(path.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a file with mode 0600, whole or not at all: it is on the disk on return.
    public void writeSecret(String name, byte[] bytes) {
        Path target = path.resolve(name);
        Path draft = draft(name);
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            try (FileChannel file = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    file.write(rest);
                }
                file.force(true);
            }
            move(draft, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Deletes a file if it is there, and what a write that was cut off has left of it.
    public void delete(String name) {
        try {
            Files.deleteIfExists(draft(name));
            if (Files.deleteIfExists(path.resolve(name))) {
                syncFolder();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Gives a file another name; one that has it is replaced.
    public void rename(String name, String newName) {
        try {
            move(path.resolve(name), path.resolve(newName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path draft(String name) {
        return path.resolve(name + ".new");
    }

    private void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder();
    }

    private void syncFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
