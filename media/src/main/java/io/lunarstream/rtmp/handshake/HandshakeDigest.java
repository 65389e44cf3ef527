package io.lunarstream.rtmp.handshake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The digests of the "complex" handshake, which Flash introduced and some encoders still insist on.
///
/// C1 and S1 carry an HMAC-SHA256 of their other bytes, keyed with the readable part of a published key. The last
/// 32 bytes of S2 are an HMAC of the bytes before them, keyed with an HMAC of the digest of C1 under the whole key.
final class HandshakeDigest {
    private static final int DIGEST_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private static final byte[] CLIENT_KEY = "Genuine Adobe Flash Player 001".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SERVER_KEY = "Genuine Adobe Flash Media Server 001".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY_TAIL =
            HexFormat.of().parseHex("f0eec24a8068bee82e00d0d1029e7e576eec5d2d29806fab93b8e636cfeb31ae");
    private static final byte[] WHOLE_SERVER_KEY = concatenate(SERVER_KEY, KEY_TAIL);

    private HandshakeDigest() {}

    /// The schema by which a C1 carries a valid digest; empty for the simple handshake.
    static Optional<DigestSchema> schemaOf(byte[] c1) {
        for (DigestSchema schema : DigestSchema.values()) {
            int at = schema.digestIndex(c1);
            byte[] digest = Arrays.copyOfRange(c1, at, at + DIGEST_BYTES);
            if (MessageDigest.isEqual(digest, digestAround(at, c1, CLIENT_KEY))) {
                return Optional.of(schema);
            }
        }
        return Optional.empty();
    }

    /// Puts the server's digest into an S1.
    static void signS1(byte[] s1, DigestSchema schema) {
        int at = schema.digestIndex(s1);
        System.arraycopy(digestAround(at, s1, SERVER_KEY), 0, s1, at, DIGEST_BYTES);
    }

    /// Puts the answer to a C1's digest into an S2.
    static void signS2(byte[] s2, byte[] c1, DigestSchema schema) {
        Mac keyMac = mac(WHOLE_SERVER_KEY);
        keyMac.update(c1, schema.digestIndex(c1), DIGEST_BYTES);
        Mac mac = mac(keyMac.doFinal());
        int at = s2.length - DIGEST_BYTES;
        mac.update(s2, 0, at);
        System.arraycopy(mac.doFinal(), 0, s2, at, DIGEST_BYTES);
    }

    private static byte[] digestAround(int at, byte[] packet, byte[] key) {
        Mac mac = mac(key);
        int after = at + DIGEST_BYTES;
        mac.update(packet, 0, at);
        mac.update(packet, after, packet.length - after);
        return mac.doFinal();
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
