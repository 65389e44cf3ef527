package io.lunarstream.server.transport;

import java.net.InetSocketAddress;
import java.util.Optional;

/// What a trusted proxy's connection was found to begin with.
sealed interface ProxyHeader {

    /// It cannot be told yet; call again with more bytes.
    record NeedMoreBytes() implements ProxyHeader {}

    /// No PROXY protocol header: the bytes are the connection's own, and none was taken.
    record Absent() implements ProxyHeader {}

    /// A header, whose bytes were taken.
    ///
    /// @param source whom the proxy speaks for; empty if for itself, or for somebody who has no IP address
    record HeaderRead(Optional<InetSocketAddress> source) implements ProxyHeader {}

    /// A header that breaks the protocol.
    ///
    /// @param reason for the log
    record Malformed(String reason) implements ProxyHeader {}
}
