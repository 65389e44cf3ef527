package io.lunarstream.server.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/// A block of IP addresses in CIDR notation, such as `10.0.0.0/8`; a lone address is a block of one.
///
/// @param network an address of the block
/// @param prefixBits how many leading bits all addresses of the block share
public record AddressRange(InetAddress network, int prefixBits) {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    public AddressRange {
        if (prefixBits < 0 || prefixBits > network.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("prefix of " + prefixBits + " bits");
        }
    }

    /// Whether an address is one of the block.
    public boolean contains(InetAddress address) {
        byte[] wanted = network.getAddress();
        byte[] given = address.getAddress();
        if (given.length != wanted.length) {
            return false;
        }
        int wholeBytes = prefixBits / Byte.SIZE;
        int restMask = 0xff << (Byte.SIZE - prefixBits % Byte.SIZE) & 0xff;
        return Arrays.equals(wanted, 0, wholeBytes, given, 0, wholeBytes)
                && (restMask == 0 || ((wanted[wholeBytes] ^ given[wholeBytes]) & restMask) == 0);
    }

    /// Reads `10.0.0.0/8`, `192.168.1.7` or `fd00::/8`; never asks a name server.
    ///
    /// @throws IllegalArgumentException if the text is none of these
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = address(slash < 0 ? text : text.substring(0, slash));
        int allBits = network.getAddress().length * Byte.SIZE;
        return new AddressRange(network, slash < 0 ? allBits : Integer.parseInt(text.substring(slash + 1)));
    }

    /// Reads an IP address; of the forms of IPv4 that Java takes, only the one with four numbers.
    ///
    /// @throws IllegalArgumentException if the text is none
    public static InetAddress address(String text) {
        if (!text.contains(":") && !IPV4.matcher(text).matches()) {
            throw new IllegalArgumentException("not an IP address");
        }
        return InetAddress.ofLiteral(text);
    }
}
