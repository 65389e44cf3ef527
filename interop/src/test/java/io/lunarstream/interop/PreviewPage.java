package io.lunarstream.interop;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// The preview page as a viewer sees it in a browser.
final class PreviewPage {
    private final Page page;
    private final List<String> problems = new ArrayList<>();

    PreviewPage(Page page) {
        this.page = page;
        page.onPageError(problems::add);
        page.onConsoleMessage(message -> {
            // The browser itself writes a line for each 404 it gets, which is how the page learns to wait.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                problems.add(message.text());
            }
        });
    }

    PreviewPage open(String address) {
        page.navigate(address);
        return this;
    }

    /// Opens the page of a running stream and waits for its media without touching the page: whatever a test asks a
    /// page counts as a viewer's gesture, which would allow sound.
    PreviewPage openUntouched(String address) {
        page.waitForResponse(Pattern.compile("\\.m4s$"), () -> page.navigate(address));
        return this;
    }

    Page page() {
        return page;
    }

    /// Waits until the page says that it is in a state, such as `waiting` or `live`.
    void awaitState(String state, Duration atMost) {
        awaitTrue("document.getElementById('preview').dataset.state === '" + state + "'", atMost);
    }

    /// Waits until the picture has moved on by some time from where it is now.
    void awaitPlayback(Duration played, Duration atMost) {
        double from = currentTimeSeconds();
        awaitTrue("document.getElementById('video').currentTime > " + (from + played.toMillis() / 1_000.0), atMost);
    }

    /// Asks again and again from outside: the page's Content-Security-Policy lets no one, not even a test, evaluate
    /// text inside it. Playwright wants all calls from one thread.
    private void awaitTrue(String expression, Duration atMost) {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(atMost)
                    .until(() -> page.evaluate(expression).equals(true));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not within " + atMost + ": " + expression + "; the page is " + describe(), e);
        }
    }

    String state() {
        return String.valueOf(page.getAttribute("#preview", "data-state"));
    }

    /// The words of the state, as a screen reader says them.
    String words() {
        return page.textContent("#status").strip();
    }

    double currentTimeSeconds() {
        return ((Number) page.evaluate("document.getElementById('video').currentTime")).doubleValue();
    }

    /// How far the player says that its picture is behind the live edge; empty while it does not know.
    OptionalDouble latencySeconds() {
        String latency = page.getAttribute("#preview", "data-latency");
        return latency == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(latency));
    }

    int videoWidth() {
        return ((Number) page.evaluate("document.getElementById('video').videoWidth")).intValue();
    }

    /// Errors of scripts and breaches of the Content-Security-Policy.
    List<String> problems() {
        return List.copyOf(problems);
    }

    String describe() {
        return state() + " (" + words() + ") at " + currentTimeSeconds() + " s, problems: " + problems;
    }
}
