package io.lunarstream.server.secret;

import io.lunarstream.server.config.EncryptionKeys;
import java.util.Arrays;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Keys that encrypt secrets, told apart by a number.
final class TestKeys {
    private TestKeys() {}

    static SecretKey key(int number) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) number);
        return new SecretKeySpec(bytes, "AES");
    }

    static EncryptionKeys keys(int current, Integer... previous) {
        return new EncryptionKeys(
                key(current), List.of(previous).stream().map(TestKeys::key).toList());
    }
}
