package io.lunarstream.server.secret;

import io.lunarstream.server.config.EncryptionKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// Encrypts secrets, so that whoever reads the database alone has none of them. In base64:
///
/// | bytes | hold |
/// |---|---|
/// | 1 | version: 1 |
/// | 8 | id of the encryption key, which tells a wrong key from damage |
/// | 12 | nonce, random |
/// | rest | output of AES-256-GCM, with a tag of 16 bytes |
///
/// Authenticated beside them: version, key id, and the name, so that one row cannot take the place of another.
/// Random nonces are good for 2^32 messages of one key; a rotation each second would take a century.
/// Source: NIST SP 800-38D, sections 5.2.1 and 8.3.
final class Seal {
    private static final byte VERSION = 1;
    private static final int KEY_ID_BYTES = 8;
    private static final int HEADER_BYTES = 1 + KEY_ID_BYTES;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String KEY_ID_HASH = "HmacSHA256";

    private final EncryptionKeys keys;
    private final SecureRandom random = new SecureRandom();

    Seal(EncryptionKeys keys) {
        this.keys = keys;
    }

    String close(String name, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] header = header(keys.current());
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, keys.current(), nonce, header, name)
                    .doFinal(secret);
            byte[] sealed = ByteBuffer.allocate(HEADER_BYTES + NONCE_BYTES + encrypted.length)
                    .put(header)
                    .put(nonce)
                    .put(encrypted)
                    .array();
            return Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw noCipher(e);
        }
    }

    /// Whether the current key has sealed it.
    boolean isCurrent(String sealed) {
        return bytes(sealed).filter(bytes -> isOf(keys.current(), bytes)).isPresent();
    }

    byte[] open(String name, String sealed) {
        byte[] bytes = bytes(sealed).orElseThrow(() -> UnreadableSecretException.damaged(name));
        SecretKey key = Stream.concat(Stream.of(keys.current()), keys.previous().stream())
                .filter(candidate -> isOf(candidate, bytes))
                .findFirst()
                .orElseThrow(() -> UnreadableSecretException.otherKey(name));
        byte[] nonce = Arrays.copyOfRange(bytes, HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, header(key), name)
                    .doFinal(bytes, HEADER_BYTES + NONCE_BYTES, bytes.length - HEADER_BYTES - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw UnreadableSecretException.damaged(name);
        } catch (GeneralSecurityException e) {
            throw noCipher(e);
        }
    }

    /// Empty if it is damaged beyond its key id.
    private static Optional<byte[]> bytes(String sealed) {
        try {
            return Optional.of(Base64.getDecoder().decode(sealed))
                    .filter(bytes -> bytes.length >= HEADER_BYTES + NONCE_BYTES + TAG_BYTES && bytes[0] == VERSION);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isOf(SecretKey key, byte[] bytes) {
        return Arrays.equals(header(key), Arrays.copyOf(bytes, HEADER_BYTES));
    }

    private static byte[] header(SecretKey key) {
        try {
            Mac mac = Mac.getInstance(KEY_ID_HASH);
            mac.init(key);
            byte[] id = mac.doFinal("lunar-stream key id".getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.allocate(HEADER_BYTES)
                    .put(VERSION)
                    .put(id, 0, KEY_ID_BYTES)
                    .array();
        } catch (GeneralSecurityException e) {
            throw noCipher(e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] header, String name)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(header);
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static IllegalStateException noCipher(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform has AES-GCM and HMAC with SHA-256", e);
    }
}
