package io.lunarstream.server.player;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The player's files as they lie in the jar.
final class PlayerResources {
    private PlayerResources() {}

    static byte[] read(String name) {
        try (InputStream stream = PlayerResources.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the program is incomplete: player/" + name + " is missing");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the program cannot be read: player/" + name, e);
        }
    }

    static String readText(String name) {
        return new String(read(name), UTF_8);
    }
}
