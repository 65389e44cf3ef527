package io.lunarstream.server.cdn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.cdn.FakeCdn.Fault;
import io.lunarstream.server.config.Settings.Cdn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A CDN that is looked at again and again.
class CdnHealthIT {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void oneThatRecoversIsUpAgainAndItsLastErrorStays(@TempDir Path folder) {
        MutableClock clock = new MutableClock();
        try (TestServer server = TestServer.start(folder);
                FakeCdn cdn = new FakeCdn("a", Fault.NONE);
                CdnHealth health = new CdnHealth(List.of(cdn.cdn()), List::of, SHORT, clock, new Random(1))) {
            cdn.leadTo(server.request("//").build().uri());
            assertThat(health.state(cdn.cdn()).status()).isEqualTo(CdnStatus.UNKNOWN);
            health.start();
            awaitStatus(health, cdn, CdnStatus.UP);

            cdn.become(Fault.ERROR);
            awaitStatus(health, cdn, CdnStatus.DOWN);
            Instant failed = clock.instant();
            assertThat(health.state(cdn.cdn()).lastSuccessAt()).contains(failed);
            clock.advance(Duration.ofMinutes(1));

            cdn.become(Fault.NONE);
            awaitStatus(health, cdn, CdnStatus.UP);
            CdnState now = health.state(cdn.cdn());
            assertThat(now.lastSuccessAt()).contains(clock.instant());
            assertThat(now.lastError().map(CdnState.Fault::message)).contains("answered 502");
            assertThat(now.failures()).isPositive();
        }
    }

    @Test
    void oneThatTellsMediaServersApartIsLookedAtForEachOfThem(@TempDir Path folder) {
        MutableClock clock = new MutableClock();
        AtomicReference<List<String>> online = new AtomicReference<>(List.of());
        try (TestServer server = TestServer.start(folder);
                FakeCdn cdn = new FakeCdn("a", Fault.NONE)) {
            cdn.leadTo(server.request("//").build().uri());
            Cdn apart = new Cdn("a", cdn.cdn().url().replace("/hls", "/{mediaServer}/hls"), List.of());
            try (CdnHealth health = new CdnHealth(List.of(apart), online::get, SHORT, clock, new Random(1))) {
                health.start();
                await().atMost(SOON).until(() -> error(health, apart).equals("no media server is online"));
                online.set(List.of("my node"));
                await().atMost(SOON).until(() -> error(health, apart).equals("for media server my node: answered 404"));
            }
        }
    }

    private static String error(CdnHealth health, Cdn cdn) {
        return health.state(cdn).lastError().map(CdnState.Fault::message).orElse("");
    }

    private static void awaitStatus(CdnHealth health, FakeCdn cdn, CdnStatus status) {
        await().atMost(SOON).until(() -> health.state(cdn.cdn()).status() == status);
    }
}
