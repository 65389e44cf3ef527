package io.lunarstream.server.database;

import java.time.Instant;
import java.util.UUID;

/// Ids for rows of which there are millions: UUIDs of version 7, 48 bits of milliseconds and then chance. New rows
/// lie side by side at the end of each index of ids, so that to insert one costs the same whatever is there already.
///
/// An id tells when its row was made, and nobody can guess it: 74 bits are random.
///
/// Source: RFC 9562, section 5.7.
public final class TimeOrderedId {
    private static final long VERSION = 7L << 12;
    private static final int TIME_SHIFT = 16;
    private static final long RANDOM_BITS = 0xfff;

    private TimeOrderedId() {}

    /// A new id for a row that is made now.
    public static UUID at(Instant now) {
        UUID random = UUID.randomUUID();
        long chance = random.getMostSignificantBits() & RANDOM_BITS;
        long high = (now.toEpochMilli() << TIME_SHIFT) | VERSION | chance;
        return new UUID(high, random.getLeastSignificantBits());
    }
}
