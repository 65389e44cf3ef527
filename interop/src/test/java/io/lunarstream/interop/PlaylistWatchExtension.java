package io.lunarstream.interop;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails each test during which a playlist of a followed livestream broke a rule. JUnit finds it by itself.
public final class PlaylistWatchExtension implements AfterEachCallback, AfterAllCallback {
    @Override
    public void afterEach(ExtensionContext context) {
        requireNoBreach();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        requireNoBreach();
    }

    private static void requireNoBreach() {
        List<String> breaches = PlaylistWatch.newBreachesAnywhere();
        if (!breaches.isEmpty()) {
            throw new AssertionError("playlists broke rules:\n" + String.join("\n\n", breaches));
        }
    }
}
