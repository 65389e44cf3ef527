package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.lunarstream.interop.Guide.Block;
import io.lunarstream.interop.Guide.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The blocks of the partner guide, run as they stand, in their order, as a partner's developer does.
class PartnerGuideIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration PATIENTLY = Duration.ofSeconds(60);

    /// Where the guide's example server is, and its livestream.
    private static final String EXAMPLE_API = "https://live.example.com/api/v1";

    private static final String EXAMPLE_KEY = "STREAM_KEY";
    private static final String STREAM_INFO = EXAMPLE_API + "/livestreams/stream-info/" + EXAMPLE_KEY;

    /// Nobody listens there.
    private static final URI DEAD_SOURCE = URI.create("http://127.0.0.1:1/hls/k/master.m3u8");

    private final Guide guide = Guide.read();

    @TempDir
    private Path folder;

    @Test
    void everyBlockDoesWhatTheGuideSays() throws IOException {
        try (LunarServer server = LunarServer.start(folder.resolve("data"));
                Terminal terminal = Terminal.open(variables(server));
                Chromium chromium = Chromium.start()) {
            Walk walk = new Walk(server, terminal, chromium);
            for (Block block : guide.blocks()) {
                walk.step(block);
            }
        }
    }

    /// One request passes in two seconds; the program needs two.
    @Test
    void theBackendWaitsForTheRateLimit() throws IOException {
        Map<String, String> tight = Map.of(
                "LUNAR_RATE_LIMITS_PARTNER_REQUESTS", "1",
                "LUNAR_RATE_LIMITS_PARTNER_WINDOW", "2s");
        try (LunarServer server = LunarServer.start(folder.resolve("data"), tight)) {
            assertThat(runBackend(server)).endsWith(" READY_FOR_USE");
        }
    }

    @Test
    void thePlayerWaitsPlaysAndTakesTheNextSourceWhenOneBreaks() throws IOException {
        try (FakeOrigin first = FakeOrigin.start(folder);
                FakeOrigin second = FakeOrigin.start(folder);
                PartnerSite site = PartnerSite.start(guide, STREAM_INFO, first.multivariant(), second.multivariant());
                Chromium chromium = Chromium.start()) {
            Page page = chromium.newPage();
            page.navigate(site.address());
            awaitState(page, "STREAM_NOT_STARTED");
            try (FfmpegHls stream = FfmpegHls.start(folder)) {
                awaitPlayback(page);
                assertThat(second.requests()).isZero();
                first.setFailing(true);
                Awaitility.await("the other source to be asked")
                        .atMost(PATIENTLY)
                        .until(() -> second.requests() > 0);
                awaitPlayback(page);
                stream.end();
            }
            awaitState(page, "STREAM_ENDED");
        }
    }

    /// The way through the guide.
    private final class Walk {
        private final LunarServer server;
        private final Terminal terminal;
        private final Chromium chromium;
        private List<String> printed = List.of();
        private boolean broadcasting;

        Walk(LunarServer server, Terminal terminal, Chromium chromium) {
            this.server = server;
            this.terminal = terminal;
            this.chromium = chromium;
        }

        void step(Block block) throws IOException {
            switch (block.kind()) {
                case SHELL -> printed = terminal.run(block.text());
                case JSON_ANSWER -> new DocumentedAnswer(block.text()).assertMatches(printed.getLast());
                case TEXT_ANSWER ->
                    assertThat(printed)
                            .containsExactlyElementsOf(block.text().lines().toList());
                case ENCODER -> broadcast(block.text());
                case BACKEND ->
                    assertThat(runBackend(server)).isEqualTo(runBackend(server)).endsWith(" READY_FOR_USE");
                case EMBED -> assertPlaysEmbedded(block.text());
                // Half of what the page needs.
                case PLAYER -> {}
                case PAGE -> assertPlaysFromTheNextSource();
            }
        }

        /// Stops the encoder before it, if there is one; the guide says that the older sink of GStreamer works, too.
        private void broadcast(String command) {
            if (command.contains("rtmp2sink")) {
                replaceEncoder(command.replace("rtmp2sink", "rtmpsink"));
            }
            replaceEncoder(command);
        }

        private void replaceEncoder(String command) {
            String id = terminal.valueOf("livestream_id");
            if (broadcasting) {
                terminal.interruptBackground();
                Livestream ended = server.api().awaitStatus(id, "ENDED", SOON);
                assertThat(ended.endReason()).isEqualTo("client_stopped");
            }
            terminal.startInBackground(command, folder.resolve("encoder.log"));
            broadcasting = true;
            server.api().awaitStatus(id, "STARTED", SOON);
        }

        private void assertPlaysEmbedded(String frame) throws IOException {
            String api = server.credentials().apiUrl();
            String real = frame.replace(EXAMPLE_API, api).replace(EXAMPLE_KEY, terminal.valueOf("stream_key"));
            try (PartnerSite site = PartnerSite.start(guide, STREAM_INFO)) {
                Page page = chromium.newPage();
                page.navigate(site.addPage(real));
                page.frameLocator("iframe").locator("#preview[data-state=live]").waitFor();
                page.close();
            }
        }

        private void assertPlaysFromTheNextSource() throws IOException {
            URI live = URI.create(terminal.valueOf("hls_url"));
            try (PartnerSite site = PartnerSite.start(guide, STREAM_INFO, DEAD_SOURCE, live)) {
                Page page = chromium.newPage();
                page.navigate(site.address());
                awaitPlayback(page);
                page.close();
            }
        }
    }

    private static Map<String, String> variables(LunarServer server) {
        Credentials credentials = server.credentials();
        return new HashMap<>(Map.of(
                "LS_API", credentials.apiUrl(),
                "LS_API_KEY", credentials.apiKey(),
                "LS_PROJECT_ID", credentials.projectId()));
    }

    /// Runs the program for Node and returns the line it prints.
    private String runBackend(LunarServer server) throws IOException {
        Path program = Files.writeString(folder.resolve("backend.mjs"), guide.only(Kind.BACKEND));
        try (ChildProcess node = ChildProcess.start(List.of("node", program.toString()), variables(server))) {
            assertThat(node.awaitExit(PATIENTLY)).as(node.output()).isZero();
            return node.lines().getLast();
        }
    }

    private static void awaitState(Page page, String state) {
        awaitTrue(page, "document.getElementById('state').textContent === '" + state + "'");
    }

    private static void awaitPlayback(Page page) {
        awaitState(page, "LIVE");
        double from = ((Number) page.evaluate("document.getElementById('video').currentTime")).doubleValue();
        awaitTrue(page, "document.getElementById('video').videoWidth > 0");
        awaitTrue(page, "document.getElementById('video').currentTime > " + (from + 2));
    }

    /// Playwright wants all calls from one thread.
    private static void awaitTrue(Page page, String expression) {
        Awaitility.await(expression)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(100))
                .atMost(PATIENTLY)
                .until(() -> page.evaluate(expression).equals(true));
    }
}
