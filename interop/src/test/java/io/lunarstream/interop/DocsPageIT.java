package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.lunarstream.interop.DocsPage.Shown;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page to read and try the API, in a real Chromium.
class DocsPageIT {
    /// The width of a small phone in pixels.
    private static final int PHONE = 360;

    @TempDir
    private static Path dataDir;

    private static LunarServer server;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        server = LunarServer.start(dataDir);
        chromium = Chromium.start();
    }

    @AfterAll
    static void close() {
        chromium.close();
        server.close();
    }

    /// By another address than the public one, which the document names: what is tried stays where the page came from.
    private static DocsPage page() {
        String publicUrl = server.credentials().httpUrl();
        String origin = publicUrl.replace("localhost", "127.0.0.1");
        assertThat(origin).isNotEqualTo(publicUrl);
        return new DocsPage(chromium.newPage(), origin);
    }

    @Test
    void showsTheOperationsAndAsksNobodyElse() {
        DocsPage page = page().open();
        assertThat(page.page().title()).isEqualTo("API · Lunar Stream");
        assertThat(page.operations())
                .contains("POST /api/v1/livestream", "GET /hls/{streamKey}/master.m3u8", "GET /api/v1/admin/audit")
                .hasSizeGreaterThan(30);
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void triesARequestWithAKey() {
        DocsPage page = page().open();
        page.authorize("apiKey", server.credentials().apiKey());
        Shown shown = page.execute("listLivestreams");
        assertThat(shown.status()).startsWith("200");
        assertThat(shown.body()).contains("\"pagination\"").contains("\"totalPages\"");
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void showsWhatARequestWithoutAKeyIsTold() {
        DocsPage page = page().open();
        Shown shown = page.execute("listAvailableMediaServers");
        assertThat(shown.status()).startsWith("401");
        assertThat(shown.body()).contains("INVALID_API_KEY");
    }

    @Test
    void fitsAPhoneAndIsDarkWhereThatIsWanted() {
        DocsPage page = page();
        page.page().setViewportSize(PHONE, 2 * PHONE);
        page.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.open();
        page.execute("getHealth");
        assertThat(page.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE);
        assertThat(page.page().evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(18, 21, 31)");
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        DocsPage page = page().open();
        page.page().keyboard().press("Tab");
        assertThat(page.page().locator(":focus").textContent()).isEqualTo("Skip to the API");
        page.page()
                .locator(".opblock[id$='-getHealth'] .opblock-summary-control")
                .focus();
        page.page().keyboard().press("Enter");
        page.page().locator(".opblock[id$='-getHealth'] button.execute").focus();
        page.page().keyboard().press("Enter");
        page.page().waitForSelector(".opblock[id$='-getHealth'] .live-responses-table");
        assertThat(page.problems()).isEmpty();
    }
}
