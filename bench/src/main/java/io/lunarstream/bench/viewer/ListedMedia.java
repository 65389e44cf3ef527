package io.lunarstream.bench.viewer;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much media the playlists of a live stream have listed since it began. To be shown the playlist often enough that
/// no segment comes and goes unseen.
public final class ListedMedia {
    private static final String MEDIA_SEQUENCE = "#EXT-X-MEDIA-SEQUENCE:";
    private static final Pattern SEGMENT = Pattern.compile("#EXTINF:([0-9.]+)");
    private static final Pattern PART = Pattern.compile("#EXT-X-PART:.*?\\bDURATION=([0-9.]+).*");

    /// Durations in seconds by media sequence number.
    private final Map<Long, Double> segments = new HashMap<>();

    /// The media from the beginning to the end of a media playlist, its parts included, in milliseconds.
    public double untilMs(String playlist) {
        long msn = 0;
        double openParts = 0;
        for (String line : playlist.lines().toList()) {
            Matcher segment = SEGMENT.matcher(line);
            Matcher part = PART.matcher(line);
            if (line.startsWith(MEDIA_SEQUENCE)) {
                msn = Long.parseLong(line.substring(MEDIA_SEQUENCE.length()).strip());
            } else if (segment.lookingAt()) {
                segments.put(msn++, Double.parseDouble(segment.group(1)));
                openParts = 0;
            } else if (part.matches()) {
                openParts += Double.parseDouble(part.group(1));
            }
        }
        return 1_000
                * (segments.values().stream().mapToDouble(Double::doubleValue).sum() + openParts);
    }
}
