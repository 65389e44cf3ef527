package io.lunarstream.bench.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Draws what one stage shows: livestream after livestream, each with a beginning, troubles, and an end.
final class BroadcastScript {
    /// Between two troubles: longer than what a takeover guard counts three of in 30 s, and long enough for segments.
    private static final int LEAST_BETWEEN_MS = 12_000;

    private static final int MOST_BETWEEN_MS = 25_000;
    private static final int MOST_TROUBLES = 6;

    /// A short token has room for so many.
    private static final int TROUBLES_OF_A_SHORT_TOKEN = 2;

    private static final int MOST_PAUSE_MS = 8_000;

    private static final List<EncoderAct> ENDINGS = List.of(
            EncoderAct.END_BY_GOODBYE,
            EncoderAct.END_BY_API,
            EncoderAct.END_BY_DELETION,
            EncoderAct.END_BY_ABSENCE,
            EncoderAct.END_BY_EXPIRY);

    /// Those that leave the token and the broadcast alone.
    private static final List<EncoderAct> HARMLESS = List.of(
            EncoderAct.CLOSE_AND_RETURN,
            EncoderAct.RESET_AND_RETURN,
            EncoderAct.CUT_IN_MESSAGE_AND_RETURN,
            EncoderAct.GARBAGE_AND_RETURN,
            EncoderAct.TAKE_OVER,
            EncoderAct.JUMP,
            EncoderAct.CHANGE_CODEC,
            EncoderAct.PAUSE,
            EncoderAct.WRONG_TOKEN);

    private static final List<EncoderAct> TROUBLES = new ArrayList<>(HARMLESS);

    static {
        TROUBLES.addAll(List.of(EncoderAct.GOODBYE_AND_RETURN, EncoderAct.RENEW_TOKEN, EncoderAct.REVOKE_TOKENS));
    }

    private final List<Event<EncoderAct>> events = new ArrayList<>();
    private final int stage;
    private final SplittableRandom random;
    private long atMs;

    private BroadcastScript(int stage, SplittableRandom random) {
        this.stage = stage;
        this.random = random;
    }

    /// Events up to a time; the last broadcast may be without an end.
    static List<Event<EncoderAct>> of(int stage, long lengthMs, SplittableRandom random) {
        BroadcastScript script = new BroadcastScript(stage, random);
        script.pause(0, MOST_PAUSE_MS);
        while (script.atMs < lengthMs) {
            script.broadcast();
        }
        return script.events.stream()
                .filter(event -> event.at().toMillis() < lengthMs)
                .toList();
    }

    private void broadcast() {
        EncoderAct ending = drawn(ENDINGS);
        boolean expires = ending == EncoderAct.END_BY_EXPIRY;
        add(expires ? EncoderAct.BEGIN_WITH_SHORT_TOKEN : EncoderAct.BEGIN);
        int troubles = 1 + random.nextInt(expires ? TROUBLES_OF_A_SHORT_TOKEN : MOST_TROUBLES);
        for (int i = 0; i < troubles; i++) {
            pause(LEAST_BETWEEN_MS, MOST_BETWEEN_MS);
            add(drawn(expires ? HARMLESS : TROUBLES));
        }
        pause(LEAST_BETWEEN_MS, MOST_BETWEEN_MS);
        add(ending);
        pause(1_000, MOST_PAUSE_MS);
    }

    private void pause(int leastMs, int mostMs) {
        atMs += random.nextInt(leastMs, mostMs);
    }

    private void add(EncoderAct act) {
        events.add(new Event<>(Duration.ofMillis(atMs), act, stage, random.nextLong()));
    }

    private EncoderAct drawn(List<EncoderAct> acts) {
        return acts.get(random.nextInt(acts.size()));
    }
}
