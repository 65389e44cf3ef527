package io.lunarstream.bench.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// All that is to happen, drawn from a seed before anything begins: nothing that the server does changes it.
///
/// @param encoders a list for each stage
/// @param viewers a list for each viewer who comes and goes
/// @param strangers a list for each of those who bring what nobody asked for
/// @param callers a list for each client of the API
record Schedule(
        List<List<Event<EncoderAct>>> encoders,
        List<List<Event<ViewerAct>>> viewers,
        List<List<Event<StrangerAct>>> strangers,
        List<List<Event<ApiAct>>> callers) {
    private static final int STRANGERS = 3;
    private static final int CALLERS = 2;

    /// How many viewers follow each stage all along: one in each form.
    private static final int FOLLOWERS_PER_STAGE = 2;

    Schedule {
        encoders = List.copyOf(encoders);
        viewers = List.copyOf(viewers);
        strangers = List.copyOf(strangers);
        callers = List.copyOf(callers);
    }

    static Schedule of(SoakOptions options) {
        SplittableRandom random = new SplittableRandom(options.seed());
        long lengthMs = options.length().toMillis();
        int visitors = Math.max(0, options.viewers() - FOLLOWERS_PER_STAGE * options.encoders());
        return new Schedule(
                each(options.encoders(), stage -> BroadcastScript.of(stage, lengthMs, random.split())),
                each(visitors, _ -> visits(options, lengthMs, random.split())),
                each(STRANGERS, _ -> drawn(StrangerAct.values(), options, lengthMs, 2_000, 12_000, random.split())),
                each(CALLERS, _ -> drawn(ApiAct.values(), options, lengthMs, 200, 3_000, random.split())));
    }

    private static <T> List<T> each(int count, IntFunction<T> maker) {
        return IntStream.range(0, count).mapToObj(maker).toList();
    }

    /// A stall takes a minute: one visit in twelve is one.
    private static List<Event<ViewerAct>> visits(SoakOptions options, long lengthMs, SplittableRandom random) {
        ViewerAct[] often = {
            ViewerAct.FOLLOW_LOW_LATENCY,
            ViewerAct.FOLLOW_LOW_LATENCY,
            ViewerAct.FOLLOW_LOW_LATENCY,
            ViewerAct.SEEK_BACK,
            ViewerAct.SEEK_BACK,
            ViewerAct.SEEK_BACK,
            ViewerAct.LEAVE_IN_SEGMENT,
            ViewerAct.LEAVE_IN_SEGMENT,
            ViewerAct.LEAVE_IN_SEGMENT,
            ViewerAct.LEAVE_WHILE_WAITING,
            ViewerAct.LEAVE_WHILE_WAITING,
            ViewerAct.STALL
        };
        return drawn(often, options, lengthMs, 1_000, 8_000, random);
    }

    private static <K extends Enum<K>> List<Event<K>> drawn(
            K[] kinds, SoakOptions options, long lengthMs, int leastMs, int mostMs, SplittableRandom random) {
        List<Event<K>> events = new ArrayList<>();
        long atMs = random.nextInt(leastMs, mostMs);
        while (atMs < lengthMs) {
            K kind = kinds[random.nextInt(kinds.length)];
            int stage = random.nextInt(options.encoders());
            events.add(new Event<>(Duration.ofMillis(atMs), kind, stage, random.nextLong()));
            atMs += random.nextInt(leastMs, mostMs);
        }
        return events;
    }
}
