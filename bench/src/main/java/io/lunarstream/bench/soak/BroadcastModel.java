package io.lunarstream.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.bench.soak.Partner.Call;
import java.time.Duration;
import java.util.function.Predicate;

/// What has to become of a broadcast and its encoder, and by when. Source: the Partner API, push tokens and status.
record BroadcastModel(Partner partner, Findings findings) {
    /// The server's default.
    static final Duration RECONNECT_WINDOW = Duration.ofSeconds(30);

    /// What is to happen at once, or within a time of the contract, may be so late: other programs have this machine,
    /// too.
    private static final Duration SLACK = Duration.ofSeconds(15);

    /// A publisher who is to be cut is cut within 5 s.
    private static final Duration CUT = Duration.ofSeconds(5);

    /// Who sends what makes no sense is given up after 10 s without progress.
    private static final Duration GIVEN_UP = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /// The first segment can be played.
    void awaitStarted(Show show) throws InterruptedException {
        await(show, "STARTED", SLACK.multipliedBy(2), now -> is(now, "status", "STARTED"));
    }

    /// The broadcast is over.
    ///
    /// @param notBefore how long that takes at least
    void awaitEnded(Show show, String status, String reason, Duration notBefore) throws InterruptedException {
        await(
                show,
                status + " by " + reason,
                notBefore.plus(SLACK),
                now -> is(now, "status", status) && is(now, "endReason", reason));
    }

    /// The server ends the encoder's connection, as the contract says.
    void requireCut(Show show, Encoder encoder) throws InterruptedException {
        requireCut(show, encoder, Duration.ZERO);
    }

    /// The same, some time from now.
    void requireCut(Show show, Encoder encoder, Duration from) throws InterruptedException {
        requireEnd(show, encoder, from.plus(CUT));
    }

    /// The server ends the connection of an encoder that sends garbage.
    void requireGivenUp(Show show, Encoder encoder) throws InterruptedException {
        requireEnd(show, encoder, GIVEN_UP);
        encoder.close();
    }

    private void requireEnd(Show show, Encoder encoder, Duration atMost) throws InterruptedException {
        if (encoder.awaitEnd(atMost.plus(SLACK)).isEmpty()) {
            findings.fail(
                    "livestream " + show.streamKey(), "the encoder is not cut within " + atMost.toSeconds() + " s");
            encoder.close();
        }
    }

    private void await(Show show, String what, Duration atMost, Predicate<JsonNode> wanted)
            throws InterruptedException {
        long startNs = System.nanoTime();
        JsonNode now = look(show);
        while (!wanted.test(now)) {
            if (System.nanoTime() - startNs > atMost.toNanos()) {
                findings.fail(
                        "livestream " + show.streamKey(),
                        "is not " + what + " after " + atMost.toSeconds() + " s, but "
                                + now.path("status").asText() + " by "
                                + now.path("endReason").asText());
                return;
            }
            Thread.sleep(BETWEEN_LOOKS);
            now = look(show);
        }
    }

    private JsonNode look(Show show) throws InterruptedException {
        return partner.expect(200, Call.of("GET", "/livestream/" + show.id())).path("data");
    }

    private static boolean is(JsonNode livestream, String field, String value) {
        return livestream.path(field).asText().equals(value);
    }
}
