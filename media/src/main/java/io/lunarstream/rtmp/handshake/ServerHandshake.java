package io.lunarstream.rtmp.handshake;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The server's side of the handshake, in the simple and in the digest form.
///
/// ```
/// client: C0 (version, 1 byte)  C1 (1536 bytes)                     C2 (1536 bytes)
/// server:                                        S0  S1  S2
/// ```
///
/// The form is the client's choice, seen from its C1. C2 is read and not looked at: many encoders do not echo S1 as
/// they should. Source: RTMP 1.0, section 5.2.
public final class ServerHandshake {
    static final int VERSION = 3;
    static final int PACKET_BYTES = 1536;
    /// Time and version, which come before the random bytes.
    static final int PACKET_HEADER_BYTES = 8;
    /// Tells a client of the digest form that S1 has one too: any version but 0. This is nginx-rtmp's.
    private static final int DIGEST_VERSION = 0x0D0E0A0D;

    private final RandomGenerator random;
    private final byte[] c1 = new byte[PACKET_BYTES];
    private boolean versionRead;
    private int c1Bytes;
    private int c2Bytes;

    /// @param random for the random bytes of S1, which protect nothing
    public ServerHandshake(RandomGenerator random) {
        this.random = random;
    }

    /// Reads the client's bytes up to the end of C2 and appends the answer to `out` when it is due.
    ///
    /// @return whether the handshake is over; if not, all of `in` has been read
    public boolean read(ByteBuf in, ByteBuf out) {
        if (!versionRead && in.isReadable()) {
            checkVersion(in.readUnsignedByte());
            versionRead = true;
        }
        if (c1Bytes < PACKET_BYTES) {
            int bytes = Math.min(in.readableBytes(), PACKET_BYTES - c1Bytes);
            in.readBytes(c1, c1Bytes, bytes);
            c1Bytes += bytes;
            if (c1Bytes < PACKET_BYTES) {
                return false;
            }
            answer(out);
        }
        int bytes = Math.min(in.readableBytes(), PACKET_BYTES - c2Bytes);
        in.skipBytes(bytes);
        c2Bytes += bytes;
        return c2Bytes == PACKET_BYTES;
    }

    static void checkVersion(int version) {
        if (version != VERSION) {
            throw new RtmpException(
                    Reason.BAD_HANDSHAKE, "the first byte is %d, not RTMP's version 3".formatted(version));
        }
    }

    private void answer(ByteBuf out) {
        Optional<DigestSchema> schema = HandshakeDigest.schemaOf(c1);
        byte[] s1 = randomPacket();
        byte[] s2;
        if (schema.isPresent()) {
            writeVersion(s1);
            HandshakeDigest.signS1(s1, schema.get());
            s2 = randomPacket();
            HandshakeDigest.signS2(s2, c1, schema.get());
        } else {
            s2 = c1;
        }
        out.writeByte(VERSION).writeBytes(s1).writeBytes(s2);
    }

    private byte[] randomPacket() {
        byte[] packet = new byte[PACKET_BYTES];
        random.nextBytes(packet);
        Arrays.fill(packet, 0, PACKET_HEADER_BYTES, (byte) 0);
        return packet;
    }

    private static void writeVersion(byte[] s1) {
        for (int i = 0; i < Integer.BYTES; i++) {
            s1[PACKET_HEADER_BYTES - Integer.BYTES + i] = (byte) (DIGEST_VERSION >>> (24 - 8 * i));
        }
    }
}
