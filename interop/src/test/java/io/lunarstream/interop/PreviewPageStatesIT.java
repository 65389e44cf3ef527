package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real Chromium, over HLS that FFmpeg writes into a folder.
class PreviewPageStatesIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    /// A playlist that stands still, a window that plays out, or a source that is given up takes a while.
    private static final Duration PATIENTLY = Duration.ofSeconds(45);

    private static Chromium chromium;

    @TempDir
    private Path folder;

    private FakeOrigin origin;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void closeBrowser() {
        chromium.close();
    }

    @BeforeEach
    void startOrigin() throws IOException {
        origin = FakeOrigin.start(folder);
    }

    @AfterEach
    void closeOrigin() {
        origin.close();
    }

    @Test
    void waitsThenPlaysByItselfAndSaysWhenItIsOver() throws IOException {
        PreviewPage page = chromium.open(origin.pageAddress("Harbour concert"));
        page.awaitState("waiting", SOON);
        assertThat(page.words()).contains("has not started yet");
        try (FfmpegHls stream = FfmpegHls.start(folder)) {
            page.awaitState("live", SOON);
            page.awaitPlayback(Duration.ofSeconds(2), SOON);
            assertThat(page.videoWidth()).isEqualTo(640);
            stream.end();
        }
        page.awaitState("ended", PATIENTLY);
        assertThat(page.words()).contains("The broadcast has ended");
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void staysOnThePictureWhileTheBroadcasterReconnects() {
        PreviewPage page = chromium.open(origin.pageAddress("Harbour concert"));
        try (FfmpegHls stream = FfmpegHls.start(folder)) {
            page.awaitState("live", SOON);
            stream.pause();
        }
        page.awaitState("reconnecting", PATIENTLY);
        assertThat(page.words()).contains("Playback goes on by itself");
        try (FfmpegHls _ = FfmpegHls.start(folder)) {
            page.awaitState("live", SOON);
            page.awaitPlayback(Duration.ofSeconds(3), SOON);
        }
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void playsTheNextBroadcastAfterTheEnd() throws IOException {
        origin.missingMeans("STREAM_ENDED");
        PreviewPage page = chromium.open(origin.pageAddress("Harbour concert"));
        page.awaitState("ended", SOON);
        try (FfmpegHls _ = FfmpegHls.start(folder)) {
            page.awaitState("live", SOON);
        }
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void saysThatTheStreamIsGoneWhenItIsDeleted() {
        PreviewPage page = chromium.open(origin.pageAddress("Harbour concert"));
        page.awaitState("waiting", SOON);
        origin.missingMeans("STREAM_NOT_FOUND");
        page.awaitState("unknown", SOON);
        assertThat(page.words()).contains("no stream at this address");
    }

    @Test
    void goesToTheNextSourceWhenOneFails() throws IOException {
        try (FakeOrigin cdn = FakeOrigin.start(folder);
                FfmpegHls _ = FfmpegHls.start(folder)) {
            PreviewPage page = chromium.open(origin.pageAddress("Harbour concert", cdn.multivariant()));
            page.awaitState("live", SOON);
            origin.setFailing(true);
            Awaitility.await("the other source to be asked").atMost(PATIENTLY).until(() -> cdn.requests() > 0);
            page.awaitState("live", SOON);
            page.awaitPlayback(Duration.ofSeconds(2), SOON);
            assertThat(page.problems()).isEmpty();
        }
    }

    @Test
    void beginsWithTheSourceThatAnswers() throws IOException {
        URI nobody = URI.create("http://127.0.0.1:1/hls/k/master.m3u8");
        origin.setFailing(true);
        try (FakeOrigin cdn = FakeOrigin.start(folder);
                FfmpegHls _ = FfmpegHls.start(folder)) {
            PreviewPage page = chromium.open(origin.pageAddress("Harbour concert", nobody, cdn.multivariant()));
            page.awaitState("live", SOON);
        }
    }

    @Test
    void keepsTryingWhileNothingAnswers() {
        origin.setFailing(true);
        PreviewPage page = chromium.open(origin.pageAddress("Harbour concert"));
        page.awaitState("unreachable", SOON);
        origin.setFailing(false);
        page.awaitState("waiting", SOON);
    }

    @Test
    void offersTheSoundThatTheBrowserDoesNotAllowByItself() {
        try (FfmpegHls _ = FfmpegHls.start(folder)) {
            Awaitility.await("the playlists")
                    .atMost(SOON)
                    .until(() ->
                            Files.exists(folder.resolve("master.m3u8")) && Files.exists(folder.resolve("media.m3u8")));
            PreviewPage page = new PreviewPage(chromium.newPage()).openUntouched(origin.pageAddress("Harbour concert"));
            page.awaitState("live", SOON);
            assertThat(page.page().evaluate("document.getElementById('video').muted"))
                    .isEqualTo(true);
            page.page().click("#unmute");
            assertThat(page.page().evaluate("document.getElementById('video').muted"))
                    .isEqualTo(false);
            assertThat(page.page().isHidden("#unmute")).isTrue();
        }
    }

    @Test
    void fitsAPhoneInTheDark() {
        PreviewPage page = chromium.open(origin.pageAddress("A-very-long-name-without-a-blank".repeat(8)));
        page.page().setViewportSize(320, 568);
        page.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(page.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
        assertThat(page.page().evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(18, 21, 31)");
    }

    @Test
    void fillsTheFrameOfAnotherPage() {
        Page partnerPage = chromium.newPage();
        partnerPage.navigate(origin.address() + "/hls/k/none");
        String frame = "<iframe width=400 height=225 src='" + origin.pageAddress("Harbour concert") + "'></iframe>";
        partnerPage.setContent(frame);
        partnerPage.frameLocator("iframe").locator("html.embedded .stage").waitFor();
        assertThat(partnerPage.frameLocator("iframe").locator(".stage").boundingBox().height)
                .isEqualTo(225);
    }
}
