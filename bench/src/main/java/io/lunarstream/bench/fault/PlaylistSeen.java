package io.lunarstream.bench.fault;

import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A media playlist as it was once, with what can be held against the next one.
///
/// @param firstMsn number of its first segment
/// @param discontinuity number of its first discontinuity
/// @param targetSeconds longest segment that it promises
/// @param segments in their order
/// @param ended whether no more is to come
record PlaylistSeen(long firstMsn, long discontinuity, int targetSeconds, List<Segment> segments, boolean ended) {

    /// A segment that is listed.
    ///
    /// @param uri absolute
    /// @param seconds it lasts
    /// @param afterDiscontinuity whether another timeline begins with it
    /// @param at when it was made, if the playlist says so
    record Segment(URI uri, double seconds, boolean afterDiscontinuity, Optional<Instant> at) {}

    PlaylistSeen {
        segments = List.copyOf(segments);
    }

    /// Reads what is looked at.
    static PlaylistSeen parse(URI address, String text) {
        List<Segment> segments = new ArrayList<>();
        Segment next = new Segment(address, 0, false, Optional.empty());
        Segment blank = next;
        for (String line : text.lines().toList()) {
            if (line.startsWith("#EXTINF:")) {
                next = new Segment(
                        address, Double.parseDouble(value(line).split(",", -1)[0]), next.afterDiscontinuity, next.at);
            } else if (line.equals("#EXT-X-DISCONTINUITY")) {
                next = new Segment(address, next.seconds, true, next.at);
            } else if (line.startsWith("#EXT-X-PROGRAM-DATE-TIME:")) {
                Instant at = OffsetDateTime.parse(value(line)).toInstant();
                next = new Segment(address, next.seconds, next.afterDiscontinuity, Optional.of(at));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                segments.add(new Segment(address.resolve(line), next.seconds, next.afterDiscontinuity, next.at));
                next = blank;
            }
        }
        return new PlaylistSeen(
                number(text, "#EXT-X-MEDIA-SEQUENCE:"),
                number(text, "#EXT-X-DISCONTINUITY-SEQUENCE:"),
                (int) number(text, "#EXT-X-TARGETDURATION:"),
                segments,
                text.contains("#EXT-X-ENDLIST"));
    }

    /// The number after the newest segment's.
    long nextMsn() {
        return firstMsn + segments.size();
    }

    /// What a later one breaks of RFC 8216, 6.2.1, and its own promises.
    List<String> brokenBy(PlaylistSeen later) {
        List<String> broken = new ArrayList<>();
        if (later.firstMsn < firstMsn || later.nextMsn() < nextMsn()) {
            broken.add("playlist went back");
        }
        if (later.discontinuity < discontinuity) {
            broken.add("discontinuities went back");
        }
        if (later.targetSeconds != targetSeconds) {
            broken.add("target duration changed");
        }
        for (long msn = Math.max(firstMsn, later.firstMsn); msn < Math.min(nextMsn(), later.nextMsn()); msn++) {
            if (!segments.get((int) (msn - firstMsn))
                    .uri
                    .equals(later.segments.get((int) (msn - later.firstMsn)).uri)) {
                broken.add("a segment got another address");
                break;
            }
        }
        if (later.segments.stream().anyMatch(segment -> Math.round(segment.seconds) > later.targetSeconds)) {
            broken.add("a segment is longer than the target duration");
        }
        return broken;
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1);
    }

    /// 0 where the tag is missing.
    private static long number(String text, String tag) {
        return text.lines()
                .filter(line -> line.startsWith(tag))
                .map(line -> Long.parseLong(value(line).strip()))
                .findFirst()
                .orElse(0L);
    }
}
