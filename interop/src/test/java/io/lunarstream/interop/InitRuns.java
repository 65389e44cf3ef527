package io.lunarstream.interop;

import io.lunarstream.bench.playlist.MediaPlaylistText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A media playlist of fMP4 taken apart where its init segment changes: FFmpeg reads the first init segment only, and
/// takes all that follow for the same.
final class InitRuns {
    private InitRuns() {}

    /// Makes a playlist of its own, on disk, of the segments that share an init segment; and so for each init segment.
    static List<URI> download(HlsClient hls, URI mediaPlaylist, Path folder) {
        Map<String, List<MediaPlaylistText.Segment>> runs = new LinkedHashMap<>();
        for (MediaPlaylistText.Segment segment : hls.read(mediaPlaylist).segments()) {
            runs.computeIfAbsent(segment.initSegment().orElseThrow(), _ -> new ArrayList<>())
                    .add(segment);
        }
        List<URI> playlists = new ArrayList<>();
        runs.forEach((init, segments) -> playlists.add(download(hls, mediaPlaylist, init, segments, folder)));
        return playlists;
    }

    private static URI download(
            HlsClient hls, URI from, String init, List<MediaPlaylistText.Segment> segments, Path folder) {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:10\n");
        text.append("#EXT-X-MAP:URI=\"").append(init).append("\"\n");
        hls.download(from.resolve(init), folder.resolve(init));
        for (MediaPlaylistText.Segment segment : segments) {
            hls.download(from.resolve(segment.uri()), folder.resolve(segment.uri()));
            text.append("#EXTINF:").append(segment.durationSeconds()).append(",\n");
            text.append(segment.uri()).append('\n');
        }
        try {
            return Files.writeString(folder.resolve(init + ".m3u8"), text.append("#EXT-X-ENDLIST\n"))
                    .toUri();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
