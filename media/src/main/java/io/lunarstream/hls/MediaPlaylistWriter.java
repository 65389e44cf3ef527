package io.lunarstream.hls;

import io.lunarstream.media.Timescale;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Writes a media playlist as text, once.
final class MediaPlaylistWriter {

    /// `EXT-X-VERSION` of a delta update; whole playlists keep to what old players know. Source:
    /// draft-pantos-hls-rfc8216bis, section 8.
    private static final int DELTA_UPDATE_VERSION = 9;

    /// `HOLD-BACK`: how far from the end players stay that do not use parts. The smallest that is allowed.
    private static final int HOLD_BACK_TARGET_DURATIONS = 3;

    /// `PART-HOLD-BACK`: how far from the end the others stay, at least. The smallest that is recommended.
    private static final int HOLD_BACK_PART_TARGETS = 3;

    /// Nearer than this, the network's jitter is heard and seen.
    private static final int SHORTEST_PART_HOLD_BACK_MS = 1_000;

    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// Characters that a segment or a part takes, for the size of the text's buffer.
    private static final int CHARACTERS_PER_ENTRY = 100;

    /// Entries of the longest common playlist: 15 segments, 6 of them with 6 parts each.
    private static final int USUAL_ENTRIES = 50;

    private final MediaPlaylist playlist;
    private final SegmentForm form;
    private final StringBuilder text = new StringBuilder(CHARACTERS_PER_ENTRY * USUAL_ENTRIES);
    private String initName = "";

    MediaPlaylistWriter(MediaPlaylist playlist, SegmentForm form) {
        this.playlist = playlist;
        this.form = form;
    }

    /// @param skipped how many of the oldest segments to leave out: `EXT-X-SKIP`
    String write(int skipped) {
        text.append("#EXTM3U\n#EXT-X-VERSION:").append(skipped > 0 ? DELTA_UPDATE_VERSION : form.playlistVersion());
        text.append("\n#EXT-X-TARGETDURATION:").append(playlist.targetDurationSeconds());
        if (hasParts()) {
            serverControl();
        }
        text.append("\n#EXT-X-MEDIA-SEQUENCE:").append(playlist.mediaSequence());
        if (playlist.discontinuitySequence() > 0) {
            text.append("\n#EXT-X-DISCONTINUITY-SEQUENCE:").append(playlist.discontinuitySequence());
        }
        text.append('\n');
        if (skipped > 0) {
            text.append("#EXT-X-SKIP:SKIPPED-SEGMENTS=").append(skipped).append('\n');
        }
        List<ListedSegment> segments = playlist.segments();
        segments.subList(skipped, segments.size()).forEach(this::segment);
        if (hasParts()) {
            edge();
        }
        if (playlist.ended()) {
            text.append("#EXT-X-ENDLIST\n");
        } else if (hasParts()) {
            playlist.others().forEach(this::renditionReport);
        }
        return text.toString();
    }

    private boolean hasParts() {
        return form == SegmentForm.FMP4;
    }

    private void serverControl() {
        int partHoldBackMs = Math.max(HOLD_BACK_PART_TARGETS * playlist.partTargetMs(), SHORTEST_PART_HOLD_BACK_MS);
        int target = playlist.targetDurationSeconds();
        text.append("\n#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=");
        text.append(MediaPlaylist.SKIP_TARGET_DURATIONS * target).append(".0,PART-HOLD-BACK=");
        seconds(partHoldBackMs, 1_000, 3);
        text.append(",HOLD-BACK=").append(HOLD_BACK_TARGET_DURATIONS * target).append(".0");
        text.append("\n#EXT-X-PART-INF:PART-TARGET=");
        seconds(playlist.partTargetMs(), 1_000, 3);
    }

    private void segment(ListedSegment segment) {
        start(segment.initName(), segment.discontinuity(), segment.programDateTimeMs());
        if (hasParts()) {
            segment.parts().forEach(this::part);
        }
        text.append("#EXTINF:");
        duration(segment.durationTicks());
        text.append(",\n").append(segment.name()).append(form.extension()).append('\n');
    }

    /// The segment that is being made, and the part to come.
    private void edge() {
        playlist.open().ifPresent(segment -> {
            start(segment.initName(), segment.discontinuity(), segment.programDateTimeMs());
            segment.parts().forEach(this::part);
        });
        playlist.preloadHint()
                .ifPresent(name -> text.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"")
                        .append(name)
                        .append("\"\n"));
    }

    /// All playlists of a generation reach equally far.
    private void renditionReport(String uri) {
        ListedSegment last = playlist.segments().getLast();
        long mediaSequence = last.mediaSequence() + (playlist.open().isPresent() ? 1 : 0);
        int parts = playlist.open().map(OpenSegment::parts).orElse(last.parts()).size();
        text.append("#EXT-X-RENDITION-REPORT:URI=\"")
                .append(uri)
                .append("\",LAST-MSN=")
                .append(mediaSequence);
        if (parts > 0) {
            text.append(",LAST-PART=").append(parts - 1);
        }
        text.append('\n');
    }

    /// What stands before a segment and before its first part.
    private void start(String neededInitName, boolean discontinuity, long programDateTimeMs) {
        if (discontinuity) {
            text.append("#EXT-X-DISCONTINUITY\n");
        }
        if (form == SegmentForm.FMP4 && (discontinuity || !neededInitName.equals(initName))) {
            initName = neededInitName;
            text.append("#EXT-X-MAP:URI=\"").append(initName).append("\"\n");
        }
        text.append("#EXT-X-PROGRAM-DATE-TIME:");
        DATE_TIME.formatTo(Instant.ofEpochMilli(programDateTimeMs), text);
        text.append('\n');
    }

    private void part(ListedPart part) {
        text.append("#EXT-X-PART:DURATION=");
        duration(part.durationTicks());
        text.append(",URI=\"").append(part.name()).append('"');
        text.append(part.independent() ? ",INDEPENDENT=YES\n" : "\n");
    }

    /// Five decimals: no tick of 90 kHz is lost, so that durations do not drift from time stamps.
    private void duration(long ticks) {
        seconds(ticks, Timescale.MPEG.ticksPerSecond(), 5);
    }

    private void seconds(long ticks, int rate, int decimalCount) {
        long scale = 1;
        for (int i = 0; i < decimalCount; i++) {
            scale *= 10;
        }
        String decimals = Long.toString(ticks % rate * scale / rate);
        text.append(ticks / rate).append('.');
        text.repeat('0', decimalCount - decimals.length()).append(decimals);
    }
}
