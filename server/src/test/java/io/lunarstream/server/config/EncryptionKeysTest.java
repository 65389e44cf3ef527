package io.lunarstream.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The keys `secrets` of the configuration.
class EncryptionKeysTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void theKeyOfSecretsComesFromTheEnvironmentOrAFileWithPreviousOnesBelow() throws IOException {
        assertThat(read(Map.of("LUNAR_SECRETS_KEY", key('a'), "LUNAR_SECRETS_PREVIOUS_KEYS", key('b') + "," + key('c')))
                        .encryption())
                .contains(new EncryptionKeys(secretKey('a'), List.of(secretKey('b'), secretKey('c'))));
        Path file = Files.writeString(folder.resolve("keys"), key('d') + "\n" + key('e') + "\n\n");
        Settings settings = read(Map.of("LUNAR_SECRETS_KEY_FILE", file.toString()));
        assertThat(settings.encryption()).contains(new EncryptionKeys(secretKey('d'), List.of(secretKey('e'))));
        assertThat(settings.toString()).doesNotContain(key('d'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LUNAR_SECRETS_KEY           | hush                         | 32 random bytes in base64",
                "LUNAR_SECRETS_KEY           | aHVzaC1odXNoLWh1c2g=         | 32 random bytes in base64",
                "LUNAR_SECRETS_KEY_FILE      | hush                         | a file that this user can read",
                "LUNAR_SECRETS_PREVIOUS_KEYS | aHVzaC1odXNoLWh1c2g=         | secrets.key beside it",
            })
    void aWrongKeyOfSecretsIsNotShown(String variable, String value, String allowed) {
        assertThatThrownBy(() -> read(Map.of(variable, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("(" + variable + "); allowed: " + allowed)
                .hasMessageNotContaining(value);
    }

    @Test
    void aFileOfKeysWithALineThatIsNoneIsRefusedAndNotShown() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), key('a') + "\nhush\n");
        assertThatThrownBy(() -> read(Map.of("LUNAR_SECRETS_KEY_FILE", file.toString())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("secrets.key-file: ")
                .hasMessageContaining("a file of lines, each 32 random bytes in base64")
                .hasMessageNotContaining("hush");
    }

    @Test
    void anApiNodeWithoutAKeyIsWarnedAndAMediaNodeNeedsNone() {
        assertThat(Configuration.read(List.of("--role", "api"), Map.of()).warnings())
                .containsExactly("secrets.key is not set: this API node signs with keys of its own, which others do"
                        + " not know");
        assertThat(read(Map.of(
                                "LUNAR_ROLE", "media",
                                "LUNAR_API_URLS", "http://api-1:8080",
                                "LUNAR_MEDIA_SERVER_SECRET", "ls_ms_v1_x",
                                "LUNAR_SECRETS_KEY_FILE", "not there"))
                        .encryption())
                .isEmpty();
    }

    private static String key(char name) {
        return Base64.getEncoder().encodeToString(secretKey(name).getEncoded());
    }

    private static SecretKey secretKey(char name) {
        return new SecretKeySpec(String.valueOf(name).repeat(32).getBytes(StandardCharsets.US_ASCII), "AES");
    }

    private static Settings read(Map<String, String> environment) {
        return Configuration.read(List.of(), environment).settings();
    }
}
