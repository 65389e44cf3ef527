package io.lunarstream.server.client;

import io.lunarstream.server.client.ClientException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Reads the small files that hold credentials.
final class SecretFiles {
    /// Far more than any of them has; a file that was named by mistake must not fill the memory.
    private static final int MAX_BYTES = 1 << 20;

    private SecretFiles() {}

    /// A file's text; empty if it is not there.
    static Optional<String> read(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] content = bytes.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new ClientException(Reason.REFUSED, file + " is too large to hold credentials");
            }
            return Optional.of(new String(content, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ClientException(Reason.REFUSED, file + " cannot be read: " + e);
        }
    }
}
