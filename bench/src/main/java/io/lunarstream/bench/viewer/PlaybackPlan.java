package io.lunarstream.bench.viewer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a player does with the playlists of a live stream: which segments it fetches, and when it looks again.
///
/// Source: RFC 8216, sections 6.3.3 and 6.3.4.
final class PlaybackPlan {
    private static final String MEDIA_SEQUENCE = "#EXT-X-MEDIA-SEQUENCE:";
    private static final String TARGET_DURATION = "#EXT-X-TARGETDURATION:";
    private static final String SEGMENT_DURATION = "#EXTINF:";

    /// Players begin three target durations from the end.
    private static final int FIRST_FROM_THE_END = 3;

    private static final long NOT_BEGUN = -1;

    /// A segment to fetch.
    ///
    /// @param uri as the playlist says
    record Due(String uri, Duration length) {}

    /// What comes of a playlist.
    ///
    /// @param segments to fetch, in their order
    /// @param reloadAfter since the playlist was asked for
    /// @param missed segments that have left the playlist before they were fetched
    record Step(List<Due> segments, Duration reloadAfter, long missed) {}

    private long next = NOT_BEGUN;

    /// Reads a media playlist.
    Step read(String playlist) {
        long first = 0;
        Duration target = Duration.ZERO;
        Duration length = Duration.ZERO;
        List<Due> listed = new ArrayList<>();
        for (String line : playlist.lines().map(String::strip).toList()) {
            if (line.startsWith(MEDIA_SEQUENCE)) {
                first = Long.parseLong(line.substring(MEDIA_SEQUENCE.length()));
            } else if (line.startsWith(TARGET_DURATION)) {
                target = Duration.ofSeconds(Long.parseLong(line.substring(TARGET_DURATION.length())));
            } else if (line.startsWith(SEGMENT_DURATION)) {
                length = seconds(line.substring(SEGMENT_DURATION.length()));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                listed.add(new Due(line, length));
            }
        }
        return step(first, listed, target);
    }

    private Step step(long first, List<Due> listed, Duration target) {
        long end = first + listed.size();
        if (next == NOT_BEGUN) {
            next = Math.max(first, end - FIRST_FROM_THE_END);
        }
        long missed = Math.max(0, first - next);
        List<Due> due = listed.subList(Math.clamp(next - first, 0, listed.size()), listed.size());
        next = Math.max(next, end);
        return new Step(List.copyOf(due), due.isEmpty() ? target.dividedBy(2) : target, missed);
    }

    /// @param text such as `2.000,title`
    private static Duration seconds(String text) {
        double seconds = Double.parseDouble(text.split(",", 2)[0]);
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }
}
