package io.lunarstream.bench;

import io.lunarstream.bench.glass.ChromiumPlayer;
import io.lunarstream.bench.glass.ClockPublisher;
import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Contender;
import io.lunarstream.bench.peer.Livestream;
import io.lunarstream.bench.report.Numbers;
import io.lunarstream.bench.report.Rounds;
import io.lunarstream.bench.report.Table;
import io.lunarstream.bench.viewer.LivePlaylist;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How far behind viewers are while a broadcast goes on: the end of the playlist, and the picture in Chromium.
final class LiveLatency {
    /// What viewers play.
    private enum Form {
        PLAIN("HLS, MPEG-TS"),
        LOW_LATENCY("low-latency HLS, fMP4");

        final String words;

        Form(String words) {
            this.words = words;
        }

        /// Absent where a server has no such form.
        Optional<URI> playlist(Livestream livestream) {
            return switch (this) {
                case PLAIN -> Optional.of(livestream.playlist());
                case LOW_LATENCY -> livestream.lowLatencyPlaylist();
            };
        }
    }

    /// How long what takes.
    ///
    /// @param listed how long playlists are looked at
    /// @param caughtUp how long a player has to come as close to the live edge as it will
    /// @param shown how long its pictures are looked at
    private record Pace(Duration listed, Duration caughtUp, Duration shown) {
        static final Pace FULL = new Pace(Duration.ofSeconds(30), Duration.ofSeconds(40), Duration.ofSeconds(20));
        static final Pace QUICK = new Pace(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    private record Way(Contender contender, Form form) {}

    /// What all looks of all rounds have found, in milliseconds.
    private record Lags(Rounds edgeMs, Rounds glassMs) {
        Lags() {
            this(new Rounds(), new Rounds());
        }
    }

    private final Bench bench;
    private final EdgeLag edgeLag;
    private final Pace pace;
    private final Optional<Path> chromium = ChromiumPlayer.installed();
    private final Map<Way, Lags> lags = new LinkedHashMap<>();

    LiveLatency(Bench bench, Path clip) {
        this.bench = bench;
        this.pace = bench.quick() ? Pace.QUICK : Pace.FULL;
        this.edgeLag = new EdgeLag(clip, pace.listed());
        if (chromium.isEmpty()) {
            Bench.say("without glass to glass: Chromium is not there");
        }
    }

    /// One round of one server, in all forms that it has.
    void measure(Contender contender) throws InterruptedException {
        for (Form form : Form.values()) {
            try {
                edge(contender, form);
                glass(contender, form);
            } catch (BenchException e) {
                Bench.say("%s, %s: %s".formatted(contender.name(), form.words, e.getMessage()));
            }
        }
    }

    private void edge(Contender contender, Form form) throws InterruptedException {
        try (Workspace workspace = bench.workspace()) {
            Livestream livestream = contender.start(workspace).livestreams().create("edge");
            Optional<URI> playlist = form.playlist(livestream);
            if (playlist.isPresent()) {
                Rounds all = lags(contender, form).edgeMs();
                edgeLag.of(workspace, livestream, playlist.get()).forEach(all::add);
                Bench.say("%s, %s: %s ms behind the encoder"
                        .formatted(contender.name(), form.words, Numbers.text(all.median())));
            }
        }
    }

    private void glass(Contender contender, Form form) throws InterruptedException {
        if (chromium.isEmpty()) {
            return;
        }
        try (Workspace workspace = bench.workspace()) {
            Livestream livestream = contender.start(workspace).livestreams().create("glass");
            Optional<URI> playlist = form.playlist(livestream);
            if (playlist.isPresent()) {
                Rounds all = lags(contender, form).glassMs();
                ClockPublisher.start(workspace, livestream.publishAddress());
                agesMs(workspace, chromium.get(), playlist.get()).forEach(all::add);
                Bench.say("%s, %s: %s ms from glass to glass"
                        .formatted(contender.name(), form.words, Numbers.text(all.median())));
            }
        }
    }

    private Lags lags(Contender contender, Form form) {
        return lags.computeIfAbsent(new Way(contender, form), _ -> new Lags());
    }

    private List<Double> agesMs(Workspace workspace, Path browser, URI playlist) throws InterruptedException {
        LivePlaylist.Seen _ = new LivePlaylist(playlist).awaitSegment();
        ChromiumPlayer player = ChromiumPlayer.play(workspace, browser, bench.root(), playlist);
        player.awaitPicture();
        Thread.sleep(pace.caughtUp());
        long fromMs = System.currentTimeMillis();
        Thread.sleep(pace.shown());
        return player.ages(fromMs);
    }

    /// The result, in Markdown.
    String text() {
        Table table = new Table(
                "server",
                "form",
                "end of the playlist behind the encoder, ms",
                "a tenth above, ms",
                "glass to glass, ms",
                "a tenth above, ms");
        lags.forEach((way, found) -> table.add(
                way.contender().name(),
                way.form().words,
                Numbers.text(found.edgeMs().median()),
                Numbers.text(found.edgeMs().ninthDecile()),
                Numbers.text(found.glassMs().median()),
                Numbers.text(found.glassMs().ninthDecile())));
        return """
                While a broadcast goes on: the end of the newest segment or part listed, behind the time when the
                encoder sent it, of the same clip, looked at for %d s of each round; and glass to glass, a clock in
                the picture (%s),
                encoded by FFmpeg and read back from the frames that a browser shows, for %d s after %d s of catching
                up. Browser: %s. The player is hls.js, which stays behind the end of the playlist by
                three target durations, or by the hold back that the playlist asks for.

                %s""".formatted(
                        pace.listed().toSeconds(),
                        ClockPublisher.DESCRIPTION,
                        pace.shown().toSeconds(),
                        pace.caughtUp().toSeconds(),
                        chromium.map(ChromiumPlayer::version).orElse("none is there"),
                        table.markdown());
    }
}
