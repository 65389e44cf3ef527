package io.lunarstream.server.cdn;

import io.lunarstream.server.cdn.CdnCheck.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is known of a CDN.
///
/// @param checkedAt when it was last looked at
/// @param lastSuccessAt when it last worked
/// @param latency how long the last check that went well took
/// @param lastError what was last wrong, also when that is over
/// @param failures how many checks have failed since the start
record CdnState(
        CdnStatus status,
        Optional<Instant> checkedAt,
        Optional<Instant> lastSuccessAt,
        Optional<Duration> latency,
        Optional<Fault> lastError,
        long failures) {
    static final CdnState UNKNOWN =
            new CdnState(CdnStatus.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0);

    /// What was wrong.
    ///
    /// @param message in words, for operators
    record Fault(Instant at, String message) {}

    /// After another look.
    CdnState after(Finding finding, Instant now) {
        return switch (finding) {
            case Finding.Works works ->
                new CdnState(
                        CdnStatus.UP,
                        Optional.of(now),
                        Optional.of(now),
                        Optional.of(works.latency()),
                        lastError,
                        failures);
            case Finding.Fails fails ->
                new CdnState(
                        CdnStatus.DOWN,
                        Optional.of(now),
                        lastSuccessAt,
                        latency,
                        Optional.of(new Fault(now, fails.why())),
                        failures + 1);
        };
    }
}
