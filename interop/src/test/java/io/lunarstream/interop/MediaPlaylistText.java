package io.lunarstream.interop;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A media playlist as a strict stranger reads it: what RFC 8216 says MUST be is an error when it is not.
///
/// Written from the RFC, section 4.3, and not from the writer that is under test.
///
/// @param targetDurationSeconds EXT-X-TARGETDURATION
/// @param mediaSequence EXT-X-MEDIA-SEQUENCE: the number of the first segment listed
/// @param discontinuitySequence EXT-X-DISCONTINUITY-SEQUENCE
/// @param ended whether EXT-X-ENDLIST is there
record MediaPlaylistText(
        int version,
        int targetDurationSeconds,
        long mediaSequence,
        long discontinuitySequence,
        boolean ended,
        List<Segment> segments) {

    /// One listed segment.
    ///
    /// @param discontinuity whether EXT-X-DISCONTINUITY stands before it
    /// @param programDateTime EXT-X-PROGRAM-DATE-TIME, if it has one of its own
    /// @param initSegment address of the EXT-X-MAP that applies to it, if any
    record Segment(
            String uri,
            BigDecimal durationSeconds,
            boolean discontinuity,
            Optional<OffsetDateTime> programDateTime,
            Optional<String> initSegment) {}

    MediaPlaylistText {
        segments = List.copyOf(segments);
    }

    /// @throws IllegalArgumentException with the rule that is broken
    static MediaPlaylistText parse(String text) {
        return new Parser().parse(text);
    }

    /// The number after the last segment's: grows with every new segment.
    long nextMediaSequence() {
        return mediaSequence + segments.size();
    }

    long discontinuities() {
        return segments.stream().filter(Segment::discontinuity).count();
    }

    private static final class Parser {
        private int version = 1;
        private int targetDuration = -1;
        private long mediaSequence;
        private long discontinuitySequence;
        private boolean ended;
        private final List<Segment> segments = new ArrayList<>();

        private Optional<BigDecimal> duration = Optional.empty();
        private Optional<OffsetDateTime> programDateTime = Optional.empty();
        private Optional<String> initSegment = Optional.empty();
        private boolean discontinuity;

        MediaPlaylistText parse(String text) {
            List<String> lines = text.lines().toList();
            require(!lines.isEmpty() && lines.getFirst().equals("#EXTM3U"), "the first line MUST be #EXTM3U (4.3.1.1)");
            require(text.endsWith("\n"), "the last line is cut off");
            lines.stream().skip(1).filter(line -> !line.isEmpty()).forEach(this::line);
            require(targetDuration >= 0, "EXT-X-TARGETDURATION is REQUIRED (4.3.3.1)");
            require(duration.isEmpty(), "an EXTINF without a segment (4.3.2.1)");
            segments.forEach(this::checkDuration);
            return new MediaPlaylistText(
                    version, targetDuration, mediaSequence, discontinuitySequence, ended, segments);
        }

        private void line(String line) {
            if (!line.startsWith("#")) {
                segment(line);
            } else if (line.startsWith("#EXT")) {
                int colon = line.indexOf(':');
                String name = colon < 0 ? line : line.substring(0, colon);
                tag(name, colon < 0 ? "" : line.substring(colon + 1));
            }
        }

        /// Tags this reader does not know are skipped, as section 3 asks of clients.
        private void tag(String name, String value) {
            switch (name) {
                case "#EXT-X-VERSION" -> version = Integer.parseInt(value);
                case "#EXT-X-TARGETDURATION" -> {
                    require(targetDuration < 0, "EXT-X-TARGETDURATION MUST NOT appear twice (4.3.3)");
                    targetDuration = Integer.parseInt(value);
                }
                case "#EXT-X-MEDIA-SEQUENCE" -> {
                    require(segments.isEmpty(), "EXT-X-MEDIA-SEQUENCE MUST come before the segments (4.3.3.2)");
                    mediaSequence = Long.parseLong(value);
                }
                case "#EXT-X-DISCONTINUITY-SEQUENCE" -> {
                    require(
                            segments.isEmpty() && !discontinuity,
                            "EXT-X-DISCONTINUITY-SEQUENCE MUST come before segments and discontinuities (4.3.3.3)");
                    discontinuitySequence = Long.parseLong(value);
                }
                case "#EXT-X-DISCONTINUITY" -> discontinuity = true;
                case "#EXT-X-PROGRAM-DATE-TIME" -> programDateTime = Optional.of(OffsetDateTime.parse(value));
                case "#EXT-X-MAP" -> initSegment = Optional.of(quoted(value, "URI"));
                case "#EXTINF" -> duration = Optional.of(new BigDecimal(untilComma(value)));
                case "#EXT-X-ENDLIST" -> ended = true;
                case "#EXT-X-STREAM-INF" -> throw new IllegalArgumentException("this is a multivariant playlist (4.1)");
                default -> {}
            }
        }

        private void segment(String uri) {
            BigDecimal seconds = duration.orElseThrow(
                    () -> new IllegalArgumentException("EXTINF is REQUIRED for each segment (4.3.2.1): " + uri));
            segments.add(new Segment(uri, seconds, discontinuity, programDateTime, initSegment));
            duration = Optional.empty();
            programDateTime = Optional.empty();
            discontinuity = false;
        }

        private void checkDuration(Segment segment) {
            long rounded =
                    segment.durationSeconds().setScale(0, RoundingMode.HALF_UP).longValueExact();
            require(
                    rounded <= targetDuration,
                    "EXTINF, rounded, MUST be at most the target duration (4.3.3.1): " + segment);
        }

        private static String untilComma(String value) {
            int comma = value.indexOf(',');
            require(comma > 0, "EXTINF is <duration>, with a comma (4.3.2.1): " + value);
            return value.substring(0, comma);
        }

        private static String quoted(String attributes, String name) {
            int start = attributes.indexOf(name + "=\"") + name.length() + 2;
            int end = attributes.indexOf('"', start);
            require(attributes.contains(name + "=\"") && end > start, name + " is REQUIRED (4.3.2.5): " + attributes);
            return attributes.substring(start, end);
        }

        private static void require(boolean condition, String rule) {
            if (!condition) {
                throw new IllegalArgumentException(rule);
            }
        }
    }
}
