package io.lunarstream.bench.playlist;

import static io.lunarstream.bench.playlist.Rule.require;

import io.lunarstream.bench.playlist.MediaPlaylistText.LowLatency;
import io.lunarstream.bench.playlist.MediaPlaylistText.Part;
import io.lunarstream.bench.playlist.MediaPlaylistText.Segment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How long things may be in a media playlist, and what parts ask for. Source: draft-pantos-hls-rfc8216bis.
final class LowLatencyRules {
    private static final BigDecimal SHORTEST_PART = new BigDecimal("0.85");

    /// Each part's duration is rounded to five decimals.
    private static final BigDecimal ROUNDING = new BigDecimal("0.00001");

    private LowLatencyRules() {}

    static Optional<LowLatency> lowLatency(Optional<TagAttributes> partInf, Optional<TagAttributes> serverControl) {
        return partInf.map(inf -> {
            TagAttributes control = serverControl.orElseThrow(
                    () -> new IllegalArgumentException("PART-HOLD-BACK is REQUIRED with EXT-X-PART-INF (4.4.3.8)"));
            return new LowLatency(
                    inf.decimal("PART-TARGET"),
                    control.decimal("PART-HOLD-BACK"),
                    control.optionalDecimal("HOLD-BACK"),
                    control.optionalDecimal("CAN-SKIP-UNTIL"),
                    control.optional("CAN-BLOCK-RELOAD").filter("YES"::equals).isPresent());
        });
    }

    static void check(MediaPlaylistText playlist) {
        playlist.segments().forEach(segment -> checkDuration(playlist.targetDurationSeconds(), segment));
        playlist.lowLatency().ifPresent(lowLatency -> checkServerControl(playlist, lowLatency));
        boolean hasParts = !playlist.openParts().isEmpty()
                || playlist.preloadHint().isPresent()
                || playlist.segments().stream()
                        .anyMatch(segment -> !segment.parts().isEmpty());
        require(!hasParts || playlist.lowLatency().isPresent(), "EXT-X-PART-INF is REQUIRED with parts (4.4.3.7)");
        require(
                playlist.skippedSegments() == 0
                        || playlist.lowLatency()
                                .flatMap(LowLatency::canSkipUntil)
                                .isPresent(),
                "EXT-X-SKIP without CAN-SKIP-UNTIL (4.4.3.8)");
        require(!playlist.ended() || playlist.openParts().isEmpty(), "an ended playlist with half a segment");
        if (hasParts) {
            checkParts(playlist, playlist.lowLatency().orElseThrow().partTarget());
        }
    }

    private static void checkDuration(int targetDurationSeconds, Segment segment) {
        long rounded =
                segment.durationSeconds().setScale(0, RoundingMode.HALF_UP).longValueExact();
        require(
                rounded <= targetDurationSeconds,
                "EXTINF, rounded, MUST be at most the target duration (4.3.3.1): " + segment);
    }

    private static void checkServerControl(MediaPlaylistText playlist, LowLatency lowLatency) {
        BigDecimal target = BigDecimal.valueOf(playlist.targetDurationSeconds());
        require(
                atLeast(lowLatency.partHoldBack(), lowLatency.partTarget(), 3),
                "PART-HOLD-BACK SHOULD be at least three part targets (4.4.3.8)");
        require(
                lowLatency.holdBack().map(back -> atLeast(back, target, 3)).orElse(true),
                "HOLD-BACK MUST be at least three target durations (4.4.3.8)");
        require(
                lowLatency
                        .canSkipUntil()
                        .map(until -> atLeast(until, target, 6))
                        .orElse(true),
                "CAN-SKIP-UNTIL MUST be at least six target durations (4.4.3.8)");
        require(lowLatency.canBlockReload(), "players use parts only with CAN-BLOCK-RELOAD (B.1)");
    }

    private static void checkParts(MediaPlaylistText playlist, BigDecimal partTarget) {
        Set<String> uris = new HashSet<>();
        for (Segment segment : playlist.segments()) {
            checkDurations(segment.parts(), partTarget);
            segment.parts().forEach(part -> checkNew(part, uris));
            BigDecimal sum = sum(segment.parts());
            BigDecimal slack =
                    ROUNDING.multiply(BigDecimal.valueOf(segment.parts().size() + 1L));
            require(
                    sum.compareTo(segment.durationSeconds().add(slack)) <= 0,
                    "parts are not longer than their segment (4.4.4.9): " + segment);
        }
        checkDurations(playlist.openParts(), partTarget);
        playlist.openParts().forEach(part -> checkNew(part, uris));
        require(
                playlist.preloadHint().map(uris::add).orElse(true),
                "a part that is listed is not hinted at (4.4.5.3): " + playlist.preloadHint());
    }

    private static void checkDurations(List<Part> parts, BigDecimal partTarget) {
        for (Part part : parts) {
            require(
                    part.durationSeconds().compareTo(partTarget) <= 0,
                    "a part MUST NOT be longer than PART-TARGET (4.4.4.9): " + part);
            boolean last = part.equals(parts.getLast());
            require(
                    last || part.durationSeconds().compareTo(partTarget.multiply(SHORTEST_PART)) >= 0,
                    "a part that is not its segment's last MUST be 85 % of PART-TARGET at least (4.4.4.9): " + part);
        }
    }

    private static void checkNew(Part part, Set<String> uris) {
        require(uris.add(part.uri()), "two parts with one address: " + part);
    }

    private static BigDecimal sum(List<Part> parts) {
        return parts.stream().map(Part::durationSeconds).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static boolean atLeast(BigDecimal value, BigDecimal unit, int times) {
        return value.compareTo(unit.multiply(BigDecimal.valueOf(times))) >= 0;
    }
}
