package io.lunarstream.bench.micro;

import io.lunarstream.bench.sender.ClipFile;
import io.lunarstream.bench.sender.RecordedLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// The clip that the JVM of a benchmark works on, named to it by system properties.
public final class Recording {
    private static final String FILE = "lunar.bench.clip";
    private static final String LENGTH_MS = "lunar.bench.clip-ms";

    private Recording() {}

    /// What names a clip to a JVM, as arguments of it.
    public static String[] arguments(Path clip, int lengthMs) {
        return new String[] {"-D" + FILE + "=" + clip, "-D" + LENGTH_MS + "=" + lengthMs};
    }

    /// The clip of this JVM.
    static RecordedLoop loop() {
        try {
            return ClipFile.loop(Path.of(System.getProperty(FILE, "")), Integer.getInteger(LENGTH_MS, 0));
        } catch (IOException e) {
            throw new UncheckedIOException("no clip", e);
        }
    }
}
