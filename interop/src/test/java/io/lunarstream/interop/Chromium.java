package io.lunarstream.interop;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The installed Chromium, without a window: `/usr/bin/chromium`, or what the environment variable `CHROMIUM` names.
final class Chromium implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        Path program = Path.of(Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium"));
        if (!program.toFile().canExecute()) {
            throw new AssertionError("missing program: Chromium is not at " + program + "; set CHROMIUM to its path");
        }
        // Without this, Playwright would download browsers of its own.
        Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        try {
            BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--mute-audio"))
                    // The rules for playing by itself as people's browsers have them.
                    .setIgnoreDefaultArgs(List.of("--autoplay-policy=no-user-gesture-required"));
            return new Chromium(playwright, playwright.chromium().launch(options));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    PreviewPage open(String address) {
        return new PreviewPage(newPage()).open(address);
    }

    /// A page that accepts the certificate of a test.
    Page newPageWithAnyCertificate() {
        return browser.newPage(new Browser.NewPageOptions().setIgnoreHTTPSErrors(true));
    }

    Page newPage() {
        return browser.newPage();
    }

    String version() {
        return browser.version();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
