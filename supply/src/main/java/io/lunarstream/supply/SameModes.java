package io.lunarstream.supply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A step of the build before the jar: gives what goes into it the same modes everywhere. Resources come with those of
/// the tree, which are of whoever cloned it.
///
/// ```
/// SameModes FOLDER
/// ```
public final class SameModes {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

    private SameModes() {}

    /// Sets the modes of all that is in a folder.
    ///
    /// @param args the folder
    public static void main(String... args) throws IOException {
        try (Stream<Path> tree = Files.walk(Path.of(args[0]))) {
            List<Path> paths = tree.toList();
            for (Path path : paths) {
                Files.setPosixFilePermissions(path, Files.isDirectory(path) ? FOLDER : FILE);
            }
        }
    }
}
