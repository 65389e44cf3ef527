package io.lunarstream.rtmp.handshake;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The client's side of the handshake, in the simple form, which every server takes.
///
/// Source: RTMP 1.0, section 5.2.
public final class ClientHandshake {
    private final RandomGenerator random;
    private final byte[] s1 = new byte[ServerHandshake.PACKET_BYTES];
    private boolean versionRead;
    private int s1Bytes;
    private int s2Bytes;

    /// @param random for the random bytes of C1, which protect nothing
    public ClientHandshake(RandomGenerator random) {
        this.random = random;
    }

    /// Appends C0 and C1 to `out`.
    public void start(ByteBuf out) {
        byte[] c1 = new byte[ServerHandshake.PACKET_BYTES];
        random.nextBytes(c1);
        Arrays.fill(c1, 0, ServerHandshake.PACKET_HEADER_BYTES, (byte) 0);
        out.writeByte(ServerHandshake.VERSION).writeBytes(c1);
    }

    /// Reads the server's bytes up to the end of S2 and appends C2 to `out` when it is due.
    ///
    /// @return whether the handshake is over; if not, all of `in` has been read
    public boolean read(ByteBuf in, ByteBuf out) {
        if (!versionRead && in.isReadable()) {
            ServerHandshake.checkVersion(in.readUnsignedByte());
            versionRead = true;
        }
        if (s1Bytes < s1.length) {
            int bytes = Math.min(in.readableBytes(), s1.length - s1Bytes);
            in.readBytes(s1, s1Bytes, bytes);
            s1Bytes += bytes;
            if (s1Bytes < s1.length) {
                return false;
            }
            out.writeBytes(s1);
        }
        int bytes = Math.min(in.readableBytes(), s1.length - s2Bytes);
        in.skipBytes(bytes);
        s2Bytes += bytes;
        return s2Bytes == s1.length;
    }
}
