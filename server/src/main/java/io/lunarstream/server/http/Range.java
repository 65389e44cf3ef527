package io.lunarstream.server.http;

import java.math.BigInteger;
import java.util.Optional;

/// The check of an integer of any size against its bounds.
final class Range {
    private Range() {}

    /// The number, if it is within the bounds; otherwise a fault.
    static Optional<Long> check(String field, BigInteger number, long least, long most, Faults faults) {
        if (number.compareTo(BigInteger.valueOf(least)) < 0) {
            faults.add(Fault.of(field, "must not be less than " + least));
            return Optional.empty();
        }
        if (number.compareTo(BigInteger.valueOf(most)) > 0) {
            faults.add(Fault.of(field, "must not be greater than " + most));
            return Optional.empty();
        }
        return Optional.of(number.longValue());
    }
}
