package io.lunarstream.supply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// The folder that is the program: its jar, the jars that it names, its bill of materials, and the checksums of them
/// all.
///
/// @param path where it is
record ProgramFolder(Path path) {
    private static final String JAR = "lunar-server.jar";
    private static final String BILL_OF_MATERIALS = "sbom.cdx.json";
    private static final String CHECKSUMS = "SHA256SUMS";

    Path billOfMaterials() {
        return path.resolve(BILL_OF_MATERIALS);
    }

    /// Writes what `sha256sum --check` reads: a line for each file that ships, by name.
    void writeChecksums() throws IOException {
        List<String> names = Stream.concat(Stream.of(JAR, BILL_OF_MATERIALS), namedJars().stream())
                .sorted()
                .toList();
        StringBuilder lines = new StringBuilder();
        for (String name : names) {
            lines.append(sha256(path.resolve(name))).append("  ").append(name).append('\n');
        }
        Files.writeString(path.resolve(CHECKSUMS), lines);
    }

    /// The jars of the class path. Others in the folder are left over from earlier builds, and are never loaded.
    private List<String> namedJars() throws IOException {
        try (JarFile jar = new JarFile(path.resolve(JAR).toFile())) {
            return List.of(jar.getManifest()
                    .getMainAttributes()
                    .getValue(Attributes.Name.CLASS_PATH)
                    .split(" "));
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
