package io.lunarstream.hls;

import io.lunarstream.media.Timescale;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// A media playlist at one moment. Source: RFC 8216, section 4.3.3.
///
/// @param targetDurationSeconds `EXT-X-TARGETDURATION`, the same in every version
/// @param discontinuitySequence `EXT-X-DISCONTINUITY-SEQUENCE`: how many discontinuities have left the window
/// @param segments oldest first, numbers without a gap, at least one
/// @param ended whether nothing will be added: `EXT-X-ENDLIST`
public record MediaPlaylist(
        int targetDurationSeconds, long discontinuitySequence, List<ListedSegment> segments, boolean ended) {

    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// Characters that one segment takes, for the size of the text's buffer.
    private static final int CHARACTERS_PER_SEGMENT = 100;

    public MediaPlaylist {
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a media playlist lists at least one segment");
        }
    }

    /// `EXT-X-MEDIA-SEQUENCE`.
    public long mediaSequence() {
        return segments.getFirst().mediaSequence();
    }

    /// The playlist as UTF-8 text, its addresses relative to its own.
    public String text(SegmentForm form) {
        StringBuilder text = new StringBuilder(CHARACTERS_PER_SEGMENT * (segments.size() + 2));
        text.append("#EXTM3U\n#EXT-X-VERSION:").append(form.playlistVersion());
        text.append("\n#EXT-X-TARGETDURATION:").append(targetDurationSeconds);
        text.append("\n#EXT-X-MEDIA-SEQUENCE:").append(mediaSequence());
        if (discontinuitySequence > 0) {
            text.append("\n#EXT-X-DISCONTINUITY-SEQUENCE:").append(discontinuitySequence);
        }
        text.append('\n');
        String initName = "";
        for (ListedSegment segment : segments) {
            if (segment.discontinuity()) {
                text.append("#EXT-X-DISCONTINUITY\n");
            }
            if (form == SegmentForm.FMP4
                    && (segment.discontinuity() || !segment.initName().equals(initName))) {
                initName = segment.initName();
                text.append("#EXT-X-MAP:URI=\"").append(initName).append("\"\n");
            }
            appendSegment(text, segment, form);
        }
        if (ended) {
            text.append("#EXT-X-ENDLIST\n");
        }
        return text.toString();
    }

    private static void appendSegment(StringBuilder text, ListedSegment segment, SegmentForm form) {
        text.append("#EXT-X-PROGRAM-DATE-TIME:");
        DATE_TIME.formatTo(Instant.ofEpochMilli(segment.programDateTimeMs()), text);
        text.append("\n#EXTINF:");
        appendSeconds(text, segment.durationTicks());
        text.append(",\n").append(segment.name()).append(form.extension()).append('\n');
    }

    /// Seconds with five decimals: no tick of 90 kHz is lost, so that durations do not drift from time stamps.
    private static void appendSeconds(StringBuilder text, long ticks) {
        int rate = Timescale.MPEG.ticksPerSecond();
        long hundredThousandths = ticks % rate * 100_000 / rate;
        text.append(ticks / rate).append('.');
        String decimals = Long.toString(hundredThousandths);
        text.repeat('0', 5 - decimals.length()).append(decimals);
    }
}
