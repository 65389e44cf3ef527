package io.lunarstream.bench.soak;

import io.lunarstream.bench.playlist.HlsForm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Everybody who does something, each on a thread of his own.
final class Cast {
    /// What was begun before the end is brought to its own: a stall takes a minute, an absence half of one.
    private static final Duration TIME_TO_FINISH = Duration.ofMinutes(3);

    private final List<Stage> stages;
    private final MediaRequests requests;
    private final Stranger stranger;
    private final Caller caller;
    private final Findings findings;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;

    Cast(
            int stages,
            Partner partner,
            MediaRequests requests,
            Stranger stranger,
            Caller caller,
            List<Footage> footage,
            Findings findings) {
        this.stages = IntStream.range(0, stages)
                .mapToObj(number -> new Stage(number, partner, findings, footage, this::follow))
                .toList();
        this.requests = requests;
        this.stranger = stranger;
        this.caller = caller;
        this.findings = findings;
    }

    /// Begins with all of it.
    void play(Schedule schedule) {
        Visitor visitor = new Visitor(requests, findings);
        schedule.encoders()
                .forEach(events -> play("stage", events, event -> stage(event).perform(event)));
        schedule.viewers()
                .forEach(events -> play("viewer", events, event -> {
                    Stage stage = stage(event);
                    if (stage.show().isPresent()) {
                        visitor.perform(event, stage.show().get());
                    } else {
                        findings.count("viewer: left out, as nothing was on");
                    }
                }));
        schedule.strangers().forEach(events -> play("stranger", events, stranger::perform));
        schedule.callers()
                .forEach(events -> play(
                        "API",
                        events,
                        event -> caller.perform(event, stage(event).show())));
    }

    /// Lets everybody finish what he is at, and then ends what is on.
    void end() throws InterruptedException {
        ending = true;
        List<Thread> actors = running();
        actors.stream()
                .filter(thread -> !thread.getName().startsWith("follower"))
                .forEach(this::awaitEnd);
        for (Stage stage : stages) {
            stage.close();
        }
        running().forEach(this::awaitEnd);
    }

    private synchronized List<Thread> running() {
        return threads.stream().filter(Thread::isAlive).toList();
    }

    private void awaitEnd(Thread thread) {
        try {
            if (!thread.join(TIME_TO_FINISH)) {
                findings.fail(thread.getName(), "does not come to an end");
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Stage stage(Event<?> event) {
        return stages.get(event.stage());
    }

    private void follow(Show show) {
        for (HlsForm form : HlsForm.values()) {
            String name = "follower of " + show.streamKey() + " in " + form;
            start(name, () -> guard(name, () -> new Follower(show, form, requests).run()));
        }
    }

    private <K extends Enum<K>> void play(String name, List<Event<K>> events, Performer<K> performer) {
        start(name, () -> {
            Duration lag = Duration.ZERO;
            for (Event<K> event : events) {
                if (!awaitTime(event.at().plus(lag))) {
                    return;
                }
                // Who is late stays late: two events keep the distance that they were meant to have.
                lag = findings.elapsed().minus(event.at());
                String what = "%s, %s on stage %d".formatted(name, event.kind(), event.stage());
                guard(what, () -> performer.perform(event));
            }
        });
    }

    /// Waits for a time since the beginning.
    ///
    /// @return false if the end has come before
    private boolean awaitTime(Duration at) {
        try {
            Duration left = at.minus(findings.elapsed());
            while (left.isPositive() && !ending) {
                Thread.sleep(left.compareTo(Duration.ofSeconds(1)) < 0 ? left : Duration.ofSeconds(1));
                left = at.minus(findings.elapsed());
            }
            return !ending;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Does something, and takes note of what goes wrong.
    private void guard(String name, Deed deed) {
        try {
            deed.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            findings.fail(name, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private synchronized void start(String name, Runnable work) {
        threads.removeIf(thread -> !thread.isAlive());
        threads.add(Thread.ofVirtual().name(name).start(work));
    }

    /// Does what an event says.
    @FunctionalInterface
    private interface Performer<K extends Enum<K>> {
        void perform(Event<K> event) throws IOException, InterruptedException;
    }

    /// Something that can go wrong.
    @FunctionalInterface
    private interface Deed {
        void run() throws IOException, InterruptedException;
    }
}
