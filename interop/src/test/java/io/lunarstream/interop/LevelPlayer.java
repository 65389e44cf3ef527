package io.lunarstream.interop;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.lunarstream.server.player.PlayerAssets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// hls.js in a browser, told which encoding and which sound to play.
final class LevelPlayer {
    private static final String PAGE = """
            <!doctype html><video id="video" muted></video><script type="module">
            import Hls from "/hls.mjs";
            const hls = new Hls({ lowLatencyMode: true });
            window.hls = hls;
            window.problems = [];
            hls.on(Hls.Events.ERROR, (_, error) => error.fatal && window.problems.push(error.details));
            hls.loadSource(new URLSearchParams(location.search).get("source"));
            hls.attachMedia(document.getElementById("video"));
            hls.on(Hls.Events.MANIFEST_PARSED, () => document.getElementById("video").play());
            </script>
            """;

    private final Page page;
    private final List<String> messages = new ArrayList<>();

    /// Opens it on a page that only this browser sees, of the same origin as the playlist.
    LevelPlayer(Page page, URI multivariant) {
        this.page = page;
        page.onConsoleMessage(message -> messages.add(message.text()));
        page.onPageError(messages::add);
        page.route(
                Pattern.compile("/levels\\?"),
                route -> fulfil(route, "text/html", PAGE.getBytes(StandardCharsets.UTF_8)));
        page.route("**/hls.mjs", route -> fulfil(route, "text/javascript", hlsJs()));
        page.navigate(
                multivariant.resolve("/levels?source=" + multivariant.getPath()).toString());
    }

    /// Waits until hls.js has seen so many encodings and sounds.
    void awaitTracks(int levels, int sounds, Duration atMost) {
        await("hls.levels.length === " + levels + " && hls.audioTracks.length === " + sounds, atMost);
    }

    /// Picks an encoding, and waits until its pictures are shown.
    void switchTo(int width, Duration atMost) {
        page.evaluate("width => { hls.nextLevel = hls.levels.findIndex(level => level.width === width); }", width);
        await("document.getElementById('video').videoWidth === " + width, atMost);
    }

    /// Picks a sound, and waits until it is played.
    void listenTo(int sound, Duration atMost) {
        page.evaluate(
                "sound => { window.switched = false;"
                        + "hls.once('hlsAudioTrackSwitched', () => { window.switched = true; });"
                        + "hls.audioTrack = sound; }",
                sound);
        await("window.switched", atMost);
    }

    /// Waits until the picture has moved on.
    void awaitPlayback(Duration played, Duration atMost) {
        double from = ((Number) page.evaluate("document.getElementById('video').currentTime")).doubleValue();
        await("document.getElementById('video').currentTime > " + (from + played.toMillis() / 1_000.0), atMost);
    }

    /// Fatal errors of hls.js.
    String problems() {
        return String.valueOf(page.evaluate("window.problems.join(' ')"));
    }

    private void await(String expression, Duration atMost) {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(atMost)
                    .until(() -> Boolean.TRUE.equals(page.evaluate("!!window.hls && (" + expression + ")")));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not within " + atMost + ": " + expression + "; " + describe(), e);
        }
    }

    private String describe() {
        return page.url() + " "
                + page.evaluate("window.hls ? JSON.stringify([hls.levels.map(level => level.width),"
                        + " hls.audioTracks.map(track => track.name), window.problems]) : 'no hls.js'")
                + " " + messages;
    }

    private static void fulfil(Route route, String type, byte[] body) {
        route.fulfill(new Route.FulfillOptions().setContentType(type).setBodyBytes(body));
    }

    private static byte[] hlsJs() {
        try (InputStream file = PlayerAssets.class.getResourceAsStream("assets/hls.min.mjs")) {
            return Objects.requireNonNull(file, "hls.js is not in the program").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
