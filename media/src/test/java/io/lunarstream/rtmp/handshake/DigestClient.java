package io.lunarstream.rtmp.handshake;

import static io.lunarstream.rtmp.WireBytes.counting;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The bytes of a client that signs its C1, as Flash Player and librtmp do.
public final class DigestClient {
    private DigestClient() {}

    /// A C1 with its digest.
    ///
    /// @param offsetField where the digest's place is written: byte 8 or byte 772, the two schemas
    public static byte[] digestC1(int offsetField) {
        byte[] c1 = counting(1536);
        System.arraycopy(new byte[] {9, 0, 124, 2}, 0, c1, 4, 4);
        int at = digestAt(c1, offsetField);
        System.arraycopy(hmac(ascii("Genuine Adobe Flash Player 001"), without(c1, at)), 0, c1, at, 32);
        return c1;
    }

    static int digestAt(byte[] packet, int offsetField) {
        int sum = (packet[offsetField] & 255)
                + (packet[offsetField + 1] & 255)
                + (packet[offsetField + 2] & 255)
                + (packet[offsetField + 3] & 255);
        return offsetField + 4 + sum % 728;
    }

    static byte[] without(byte[] packet, int digestAt) {
        return concatenated(Arrays.copyOf(packet, digestAt), Arrays.copyOfRange(packet, digestAt + 32, 1536));
    }

    static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] concatenated(byte[] first, byte[] second) {
        return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(first, second));
    }
}
