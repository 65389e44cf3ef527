package io.lunarstream.bench;

import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Livestream;
import io.lunarstream.bench.viewer.ListedMedia;
import io.lunarstream.bench.viewer.LivePlaylist;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How far the newest media of a playlist is behind the encoder: when the sender began is known, and so is how much
/// media the playlists have listed since.
///
/// @param measured how long playlists are looked at
record EdgeLag(Path clip, Duration measured) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /// For the sender to begin, and beyond what is measured.
    private static final Duration REST = Duration.ofSeconds(10);

    /// One look.
    private record Look(long nowMs, double listedMs) {}

    /// Publishes to a livestream that is new, and looks at a playlist of it over and over.
    ///
    /// @return milliseconds for each look
    List<Double> of(Workspace workspace, Livestream livestream, URI playlist) throws InterruptedException {
        Duration length = measured.plus(REST);
        Publishers publishers = Publishers.start(workspace, clip, List.of(livestream), Duration.ZERO, length);
        URI media = new LivePlaylist(playlist)
                .await("a segment", LivePlaylist.Seen::isLive)
                .address();
        ListedMedia listed = new ListedMedia();
        List<Look> looks = new ArrayList<>();
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < measured.toNanos()) {
            LivePlaylist.get(media)
                    .ifPresent(text -> looks.add(new Look(System.currentTimeMillis(), listed.untilMs(text))));
            Thread.sleep(BETWEEN_LOOKS);
        }
        long _ = publishers.awaitEnd();
        long beganMs = publishers.beganAtMs();
        return looks.stream()
                .filter(look -> look.listedMs() > 0)
                .map(look -> look.nowMs() - beganMs - look.listedMs())
                .toList();
    }
}
