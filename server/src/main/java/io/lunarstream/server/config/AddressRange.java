package io.lunarstream.server.config;

import java.net.InetAddress;

/// A block of IP addresses in CIDR notation, such as `10.0.0.0/8`; a lone address is a block of one.
///
/// @param network an address of the block
/// @param prefixBits how many leading bits all addresses of the block share
public record AddressRange(InetAddress network, int prefixBits) {

    public AddressRange {
        if (prefixBits < 0 || prefixBits > network.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("prefix of " + prefixBits + " bits");
        }
    }

    /// Reads `10.0.0.0/8`, `192.168.1.7` or `fd00::/8`; never asks a name server.
    ///
    /// @throws IllegalArgumentException if the text is none of these
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int allBits = network.getAddress().length * Byte.SIZE;
        return new AddressRange(network, slash < 0 ? allBits : Integer.parseInt(text.substring(slash + 1)));
    }
}
