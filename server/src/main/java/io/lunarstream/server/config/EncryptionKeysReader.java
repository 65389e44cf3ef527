package io.lunarstream.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Turns the words that were given for `secrets` into keys. No message of it shows one.
final class EncryptionKeysReader {
    private static final int KEY_BYTES = 32;

    /// Each rotation adds a line to the file, and somebody takes old ones out; more is not a file of keys.
    private static final int MAX_LINES = 100;

    private static final String ALLOWED = "32 random bytes in base64, such as \"openssl rand -base64 32\" prints";

    private final Map<ConfigKey, GivenValue> values;
    private final ServerWords words;

    EncryptionKeysReader(Map<ConfigKey, GivenValue> values) {
        this.values = values;
        this.words = new ServerWords(values);
    }

    /// Empty if none is configured, and for a role without a database. The file is not looked at if the key stands
    /// beside it.
    Optional<EncryptionKeys> read(Role role) {
        return role == Role.MEDIA ? Optional.empty() : read();
    }

    private Optional<EncryptionKeys> read() {
        Optional<String> word = words.word(ConfigKey.SECRETS_KEY);
        if (word.isPresent()) {
            SecretKey current = key(ConfigKey.SECRETS_KEY, word.get());
            return Optional.of(new EncryptionKeys(current, previous().toList()));
        }
        Optional<String> file = words.word(ConfigKey.SECRETS_KEY_FILE);
        if (file.isEmpty()) {
            words.refuseWithout(ConfigKey.SECRETS_KEY, ConfigKey.SECRETS_PREVIOUS_KEYS);
        }
        return file.map(this::lines).map(this::ofFile);
    }

    private EncryptionKeys ofFile(List<String> lines) {
        List<SecretKey> keys = lines.stream()
                .map(line -> key(ConfigKey.SECRETS_KEY_FILE, line))
                .toList();
        List<SecretKey> older = keys.subList(1, keys.size());
        return new EncryptionKeys(
                keys.getFirst(), Stream.concat(older.stream(), previous()).toList());
    }

    private Stream<SecretKey> previous() {
        return Optional.ofNullable(values.get(ConfigKey.SECRETS_PREVIOUS_KEYS)).stream()
                .flatMap(given -> given.words().stream())
                .map(word -> key(ConfigKey.SECRETS_PREVIOUS_KEYS, word));
    }

    private SecretKey key(ConfigKey key, String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.strip());
            if (bytes.length == KEY_BYTES) {
                return new SecretKeySpec(bytes, "AES");
            }
        } catch (IllegalArgumentException e) {
            // Told below, without the text.
        }
        throw words.refused(key, key == ConfigKey.SECRETS_KEY_FILE ? "a file of lines, each " + ALLOWED : ALLOWED);
    }

    private List<String> lines(String file) {
        try (Stream<String> lines = Files.lines(SettingsReader.path(file))) {
            List<String> found =
                    lines.filter(line -> !line.isBlank()).limit(MAX_LINES).toList();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (IOException | RuntimeException e) {
            // Told below.
        }
        throw words.refused(ConfigKey.SECRETS_KEY_FILE, "a file that this user can read, its first line " + ALLOWED);
    }
}
