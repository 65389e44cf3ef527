package io.lunarstream.server.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Where a request comes from.
record ClientAddress(InetAddress address) {

    /// An IPv6 network as one customer gets it has at least 64 bits for its own machines.
    private static final int IPV6_NETWORK_BYTES = 8;

    /// Whom rate limits count for: an IPv4 address, or the /64 of an IPv6 address.
    String limitKey() {
        return switch (address) {
            case Inet6Address ipv6 ->
                HexFormat.of().formatHex(Arrays.copyOf(ipv6.getAddress(), IPV6_NETWORK_BYTES)) + "/64";
            default -> address.getHostAddress();
        };
    }

    @Override
    public String toString() {
        return address.getHostAddress();
    }
}
