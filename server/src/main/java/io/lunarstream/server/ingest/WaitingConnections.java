package io.lunarstream.server.ingest;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Counts the connections of each address that do not publish yet, so that one address cannot take all sockets. Shared
/// by all event loops; an address without such a connection takes no memory.
final class WaitingConnections {

    /// A studio's encoders behind one address reconnect together after an outage; more than this at once is an attack.
    private static final int MOST_PER_ADDRESS = 20;

    private final ConcurrentMap<String, Integer> byAddress = new ConcurrentHashMap<>();

    /// Counts a new connection, unless the address has too many already.
    boolean add(String address) {
        int count = byAddress.merge(address, 1, Integer::sum);
        if (count > MOST_PER_ADDRESS) {
            remove(address);
            return false;
        }
        return true;
    }

    /// A connection has begun to publish, or has gone.
    void remove(String address) {
        byAddress.computeIfPresent(address, (_, count) -> count > 1 ? count - 1 : null);
    }
}
