package io.lunarstream.interop;

import com.microsoft.playwright.Page;
import io.lunarstream.bench.playlist.HlsForm;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// A player in JavaScript, in Chromium, on the page of [PlayerSite].
final class BrowserPlayer implements Player {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Chromium chromium;
    private final PlayerSite site;
    private final String name;

    BrowserPlayer(Chromium chromium, PlayerSite site, String name) {
        this.chromium = chromium;
        this.site = site;
        this.name = name;
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public String version() {
        try (Page page = chromium.newPage()) {
            page.navigate(site.address(name, URI.create("about:blank")));
            page.waitForFunction("window.played && window.played.version !== ''");
            return (String) page.evaluate("window.played.version");
        }
    }

    @Override
    public Played play(URI address, HlsForm form) {
        try (Page page = chromium.newPage()) {
            page.navigate(site.address(name, address));
            try {
                Awaitility.await()
                        .pollInSameThread()
                        .pollInterval(POLL)
                        .atMost(PATIENCE)
                        .until(() -> pictures(page) >= ENOUGH_PICTURES
                                || !error(page).isEmpty());
            } catch (ConditionTimeoutException _) {
                return new Played.Fails(pictures(page) + " pictures within " + PATIENCE.toSeconds() + " s");
            }
            Number startMs = (Number) page.evaluate("window.played.startMs");
            return error(page).isEmpty()
                    ? new Played.Plays(pictures(page), Duration.ofMillis(startMs.longValue()))
                    : new Played.Fails(error(page));
        }
    }

    private static int pictures(Page page) {
        return ((Number) page.evaluate("window.pictures ? window.pictures() : 0")).intValue();
    }

    private static String error(Page page) {
        return String.valueOf(page.evaluate("window.played ? window.played.error : ''"));
    }
}
