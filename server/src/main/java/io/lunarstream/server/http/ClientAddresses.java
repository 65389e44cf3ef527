package io.lunarstream.server.http;

import io.lunarstream.server.config.AddressRange;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds out where a request comes from: the peer, or whom trusted proxies name in `X-Forwarded-For`.
///
/// Each proxy adds the address it was asked by at the right; what stands left of the first one that is not trusted
/// may be made up. Source: the Partner API, rate limits.
public final class ClientAddresses {
    static final String FORWARDED_FOR = "x-forwarded-for";

    /// What the operating system adds to the address of a neighbour: which network card it is behind.
    private static final Pattern ZONE = Pattern.compile("%.*");

    private final List<AddressRange> trustedProxies;

    public ClientAddresses(List<AddressRange> trustedProxies) {
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /// The client's IPv4 address, or the /64 network of its IPv6 address: as much as one customer gets.
    public String network(HttpServerRequest request) {
        List<String> forwarded = request.headers().getAll(FORWARDED_FOR);
        Headers headers =
                new Headers(forwarded.isEmpty() ? Map.of() : Map.of(FORWARDED_FOR, String.join(",", forwarded)));
        return of(request.remoteAddress().hostAddress(), headers).limitKey();
    }

    /// @param peer the other end of the connection, an IP address
    ClientAddress of(String peer, Headers headers) {
        InetAddress peerAddress = AddressRange.address(ZONE.matcher(peer).replaceFirst(""));
        Optional<String> forwarded = headers.get(FORWARDED_FOR);
        if (forwarded.isEmpty() || !isTrusted(peerAddress)) {
            return new ClientAddress(peerAddress);
        }
        return new ClientAddress(named(forwarded.get()).orElse(peerAddress));
    }

    /// The first address from the right that is no trusted proxy, or the leftmost if all are; empty if one on the way
    /// is malformed.
    private Optional<InetAddress> named(String forwardedFor) {
        Optional<InetAddress> furthest = Optional.empty();
        try {
            for (String text : Arrays.asList(forwardedFor.split(",", -1)).reversed()) {
                InetAddress address = AddressRange.address(text.strip());
                furthest = Optional.of(address);
                if (!isTrusted(address)) {
                    return furthest;
                }
            }
            return furthest;
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isTrusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }
}
