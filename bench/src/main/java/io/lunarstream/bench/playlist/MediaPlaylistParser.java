package io.lunarstream.bench.playlist;

import static io.lunarstream.bench.playlist.Rule.require;

import io.lunarstream.bench.playlist.MediaPlaylistText.Part;
import io.lunarstream.bench.playlist.MediaPlaylistText.Segment;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads one media playlist line by line, and refuses what is out of place.
///
/// Sections in messages are those of RFC 8216, or of draft-pantos-hls-rfc8216bis where they begin with 4.4.
final class MediaPlaylistParser {
    /// A playlist without EXT-X-VERSION is of version 1, section 7.
    private static final int UNSAID = 1;

    private int version = UNSAID;
    private int targetDuration = -1;
    private long mediaSequence;
    private long discontinuitySequence;
    private int skipped = -1;
    private boolean ended;
    private Optional<TagAttributes> partInf = Optional.empty();
    private Optional<TagAttributes> serverControl = Optional.empty();
    private Optional<String> preloadHint = Optional.empty();
    private final List<Segment> segments = new ArrayList<>();

    private final List<Part> parts = new ArrayList<>();
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
        require(initSegment.isEmpty() || version >= 6, "EXT-X-MAP needs version 6 (7)");
        require(
                version >= 3 || segments.stream().noneMatch(MediaPlaylistParser::hasFraction),
                "a fraction in EXTINF needs version 3 (7)");
        require(
                segments.stream().noneMatch(MediaPlaylistParser::lacksInitSegment),
                "a segment of fMP4 needs an EXT-X-MAP (3.3)");
        require(skipped < 0 || version >= 9, "EXT-X-SKIP needs version 9 (8)");
        require(!ended || preloadHint.isEmpty(), "no EXT-X-PRELOAD-HINT with EXT-X-ENDLIST (4.4.5.3)");
        MediaPlaylistText playlist = new MediaPlaylistText(
                version,
                targetDuration,
                mediaSequence,
                discontinuitySequence,
                Math.max(0, skipped),
                LowLatencyRules.lowLatency(partInf, serverControl),
                segments,
                parts,
                preloadHint,
                ended);
        LowLatencyRules.check(playlist);
        return playlist;
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
            case "#EXT-X-VERSION" -> {
                require(version == UNSAID, "EXT-X-VERSION MUST NOT appear twice (4.3.1.2)");
                version = (int) TagAttributes.integerOf(name, value);
            }
            case "#EXT-X-TARGETDURATION" -> {
                require(targetDuration < 0, "EXT-X-TARGETDURATION MUST NOT appear twice (4.3.3)");
                targetDuration = (int) TagAttributes.integerOf(name, value);
            }
            case "#EXT-X-MEDIA-SEQUENCE" -> {
                require(segments.isEmpty(), "EXT-X-MEDIA-SEQUENCE MUST come before the segments (4.3.3.2)");
                mediaSequence = TagAttributes.integerOf(name, value);
            }
            case "#EXT-X-DISCONTINUITY-SEQUENCE" -> {
                require(
                        segments.isEmpty() && !discontinuity,
                        "EXT-X-DISCONTINUITY-SEQUENCE MUST come before segments and discontinuities (4.3.3.3)");
                discontinuitySequence = TagAttributes.integerOf(name, value);
            }
            case "#EXT-X-SERVER-CONTROL" -> {
                require(serverControl.isEmpty(), "EXT-X-SERVER-CONTROL MUST NOT appear twice (4.4.3)");
                serverControl = Optional.of(TagAttributes.of(value));
            }
            case "#EXT-X-PART-INF" -> {
                require(partInf.isEmpty(), "EXT-X-PART-INF MUST NOT appear twice (4.4.3)");
                partInf = Optional.of(TagAttributes.of(value));
            }
            case "#EXT-X-SKIP" -> skip(TagAttributes.of(value));
            case "#EXT-X-DISCONTINUITY" -> {
                beforeParts(name);
                discontinuity = true;
            }
            case "#EXT-X-PROGRAM-DATE-TIME" -> {
                beforeParts(name);
                programDateTime = Optional.of(OffsetDateTime.parse(value));
            }
            case "#EXT-X-MAP" -> {
                beforeParts(name);
                initSegment = Optional.of(TagAttributes.of(value).quoted("URI"));
            }
            case "#EXT-X-PART" -> part(TagAttributes.of(value));
            case "#EXT-X-RENDITION-REPORT" -> TagAttributes.of(value).quoted("URI");
            case "#EXT-X-PRELOAD-HINT" -> hint(TagAttributes.of(value));
            case "#EXTINF" -> duration = Optional.of(new BigDecimal(untilComma(value)));
            case "#EXT-X-ENDLIST" -> ended = true;
            case "#EXT-X-STREAM-INF" -> throw new IllegalArgumentException("this is a multivariant playlist (4.1)");
            default -> {}
        }
    }

    private void beforeParts(String tag) {
        require(parts.isEmpty(), tag + " MUST appear before the first EXT-X-PART of its segment (4.4.4.9)");
    }

    private void skip(TagAttributes attributes) {
        require(skipped < 0, "EXT-X-SKIP MUST NOT appear more than once (4.4.5.2)");
        require(segments.isEmpty() && parts.isEmpty(), "EXT-X-SKIP replaces the oldest segments (4.4.5.2)");
        skipped = (int) attributes.integer("SKIPPED-SEGMENTS");
        require(skipped > 0, "EXT-X-SKIP replaces at least one segment (4.4.5.2)");
    }

    private void part(TagAttributes attributes) {
        require(preloadHint.isEmpty(), "a hinted part comes after all others (4.4.5.3)");
        String independent = attributes.optional("INDEPENDENT").orElse("NO");
        require(
                attributes.optional("INDEPENDENT").isEmpty() || independent.equals("YES"),
                "INDEPENDENT is YES (4.4.4.9)");
        parts.add(new Part(attributes.quoted("URI"), attributes.decimal("DURATION"), independent.equals("YES")));
    }

    private void hint(TagAttributes attributes) {
        require(preloadHint.isEmpty(), "one part is hinted at, not two (4.4.5.3)");
        require(attributes.value("TYPE").equals("PART"), "TYPE is PART here (4.4.5.3)");
        preloadHint = Optional.of(attributes.quoted("URI"));
    }

    private void segment(String uri) {
        BigDecimal seconds = duration.orElseThrow(
                () -> new IllegalArgumentException("EXTINF is REQUIRED for each segment (4.3.2.1): " + uri));
        require(preloadHint.isEmpty(), "a hinted part comes after all segments (4.4.5.3)");
        segments.add(new Segment(uri, seconds, discontinuity, programDateTime, initSegment, List.copyOf(parts)));
        parts.clear();
        duration = Optional.empty();
        programDateTime = Optional.empty();
        discontinuity = false;
    }

    private static boolean hasFraction(Segment segment) {
        return segment.durationSeconds().scale() > 0;
    }

    private static boolean lacksInitSegment(Segment segment) {
        return segment.uri().replaceFirst("\\?.*", "").endsWith(".m4s")
                && segment.initSegment().isEmpty();
    }

    private static String untilComma(String value) {
        int comma = value.indexOf(',');
        require(comma > 0, "EXTINF is <duration>, with a comma (4.3.2.1): " + value);
        return value.substring(0, comma);
    }
}
