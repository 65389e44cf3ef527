package io.lunarstream.server.transport;

import io.lunarstream.server.config.AddressRange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads the header with which a load balancer says whom it speaks for.
///
/// Version 1 is a line, `PROXY TCP4 192.0.2.1 198.51.100.1 56324 443` and CR LF. Version 2 is binary:
///
/// | bytes | what |
/// |---|---|
/// | 12 | signature |
/// | 1 | version 2, command: 0 the proxy itself, 1 for somebody |
/// | 1 | address family: 1 IPv4, 2 IPv6; transport: 1 TCP |
/// | 2 | how many bytes follow |
/// | 4 or 16, twice; 2, twice | source and destination address, source and destination port |
/// | the rest | extensions, which are skipped |
///
/// Source: HAProxy, "The PROXY protocol, versions 1 and 2", sections 2.1 and 2.2.
final class ProxyHeaderReader {
    private static final byte[] PREFIX_1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE_2 = ByteBufUtil.decodeHexDump("0d0a0d0a000d0a515549540a");

    /// The longest line that the protocol allows, CR LF included.
    private static final int MAX_LINE_BYTES = 107;

    /// Extensions of the large clouds take some hundred bytes; more than this is not from a load balancer.
    private static final int MAX_BLOCK_BYTES = 4096;

    private static final String LINE_END = "\r\n";
    private static final int LINE_PARTS = 6;
    private static final int FIXED_BYTES = SIGNATURE_2.length + 4;
    private static final int MAX_PORT = 65_535;

    private ProxyHeaderReader() {}

    /// Looks at what has come so far, from the first byte on.
    static ProxyHeader read(ByteBuf bytes) {
        if (beginsLike(bytes, PREFIX_1)) {
            return bytes.readableBytes() < PREFIX_1.length ? new ProxyHeader.NeedMoreBytes() : line(bytes);
        }
        if (beginsLike(bytes, SIGNATURE_2)) {
            return bytes.readableBytes() < FIXED_BYTES ? new ProxyHeader.NeedMoreBytes() : block(bytes);
        }
        return new ProxyHeader.Absent();
    }

    /// Whether the bytes may be, or become, what begins so.
    private static boolean beginsLike(ByteBuf bytes, byte[] beginning) {
        int length = Math.min(bytes.readableBytes(), beginning.length);
        for (int i = 0; i < length; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != beginning[i]) {
                return false;
            }
        }
        return true;
    }

    private static ProxyHeader line(ByteBuf bytes) {
        int scanned = Math.min(bytes.readableBytes(), MAX_LINE_BYTES);
        int length = bytes.bytesBefore(scanned, (byte) '\n') + 1;
        if (length == 0) {
            return scanned < MAX_LINE_BYTES ? new ProxyHeader.NeedMoreBytes() : malformed("line is too long");
        }
        String line = bytes.readCharSequence(length, StandardCharsets.US_ASCII).toString();
        if (!line.endsWith(LINE_END)) {
            return malformed("line does not end with CR LF");
        }
        String[] parts = line.substring(0, line.length() - LINE_END.length()).split(" ", -1);
        return switch (parts[1]) {
            case "UNKNOWN" -> new ProxyHeader.HeaderRead(Optional.empty());
            case "TCP4", "TCP6" -> source(parts);
            default -> malformed("protocol of version 1 is unknown");
        };
    }

    private static ProxyHeader source(String[] parts) {
        if (parts.length != LINE_PARTS) {
            return malformed("line has not two addresses and two ports");
        }
        try {
            InetAddress source = AddressRange.address(parts[2]);
            AddressRange.address(parts[3]);
            port(parts[5]);
            return new ProxyHeader.HeaderRead(Optional.of(new InetSocketAddress(source, port(parts[4]))));
        } catch (IllegalArgumentException _) {
            return malformed("line has an address or a port that is none");
        }
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException();
        }
        return port;
    }

    private static ProxyHeader block(ByteBuf bytes) {
        int start = bytes.readerIndex() + SIGNATURE_2.length;
        int version = bytes.getByte(start) >>> 4 & 0xF;
        int command = bytes.getByte(start) & 0xF;
        int family = bytes.getUnsignedByte(start + 1);
        int length = bytes.getUnsignedShort(start + 2);
        if (version != 2 || command > 1) {
            return malformed("version or command is unknown");
        }
        if (length > MAX_BLOCK_BYTES) {
            return malformed("block of " + length + " bytes is longer than " + MAX_BLOCK_BYTES);
        }
        if (bytes.readableBytes() < FIXED_BYTES + length) {
            return new ProxyHeader.NeedMoreBytes();
        }
        bytes.skipBytes(FIXED_BYTES);
        ByteBuf block = bytes.readSlice(length);
        return command == 0 ? new ProxyHeader.HeaderRead(Optional.empty()) : source(family, block);
    }

    private static ProxyHeader source(int family, ByteBuf block) {
        return switch (family) {
            case 0x11 -> source(block, Integer.BYTES);
            case 0x21 -> source(block, 2 * Long.BYTES);
            // Unspecified, and UNIX sockets: no address that limits could count for.
            case 0x00, 0x31 -> new ProxyHeader.HeaderRead(Optional.empty());
            default -> malformed("address family or transport is not TCP's");
        };
    }

    private static ProxyHeader source(ByteBuf block, int addressBytes) {
        if (block.readableBytes() < 2 * (addressBytes + Short.BYTES)) {
            return malformed("block is too short for its addresses");
        }
        byte[] address = new byte[addressBytes];
        block.readBytes(address);
        int port = block.getUnsignedShort(block.readerIndex() + addressBytes);
        try {
            return new ProxyHeader.HeaderRead(
                    Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are an address", e);
        }
    }

    private static ProxyHeader malformed(String reason) {
        return new ProxyHeader.Malformed(reason);
    }
}
