package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.Lab.Start;
import io.lunarstream.bench.fault.TestedServer.Ports;
import io.lunarstream.bench.host.Deadline;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Livestream;
import io.lunarstream.bench.peer.LunarApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A server, encoders, viewers and a partner, and what becomes of them.
final class Stage implements AutoCloseable {
    private static final Duration TIME_TO_PLAY = Duration.ofSeconds(60);

    /// Tokens that outlive every clock step.
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);

    private final Lab lab;
    private final Workspace workspace;
    private final Tally encoded = new Tally();
    private final Tally viewed = new Tally();
    private final Tally asked = new Tally();
    private final List<Encoder> encoders = new ArrayList<>();
    private final List<Viewer> viewers = new ArrayList<>();
    private final List<Livestream> livestreams = new ArrayList<>();
    private final List<Partner> partners = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private TestedServer server;

    private Stage(Lab lab, Workspace workspace, TestedServer server) {
        this.lab = lab;
        this.workspace = workspace;
        this.server = server;
    }

    /// Starts all, and waits until every viewer has a segment.
    static Stage set(Lab lab, Start start, int streams) throws InterruptedException {
        Workspace workspace = lab.workspace();
        try {
            Stage stage = new Stage(lab, workspace, TestedServer.start(lab, workspace, start, Ports.free()));
            stage.publish(streams);
            stage.partners.add(new Partner(stage.server.api(), stage.asked));
            stage.await("all viewers to play", TIME_TO_PLAY, stage::allPlay);
            Witnessed _ = stage.witnessed();
            return stage;
        } catch (RuntimeException | InterruptedException e) {
            workspace.close();
            throw e;
        }
    }

    /// More encoders, each with its viewers.
    void publish(int streams) {
        LunarApi api = server.api();
        for (int i = 0; i < streams; i++) {
            Livestream livestream = api.create("stage-" + livestreams.size(), TOKEN_LIFE);
            livestreams.add(livestream);
            encoders.add(new Encoder(
                    lab.clip(),
                    livestream.publishAddress(),
                    workspace.folder().resolve("encoder-" + encoders.size() + ".txt"),
                    encoded));
            viewers.add(new Viewer(livestream.playlist(), viewed));
            livestream.lowLatencyPlaylist().ifPresent(playlist -> viewers.add(new Viewer(playlist, viewed)));
        }
    }

    TestedServer server() {
        return server;
    }

    List<Livestream> livestreams() {
        return List.copyOf(livestreams);
    }

    List<Viewer> viewers() {
        return List.copyOf(viewers);
    }

    /// Whether every viewer has had a segment.
    boolean allPlay() {
        return viewers.stream().allMatch(Viewer::plays);
    }

    /// Starts the server again on the same ports and data, after it has ended.
    void restart(Start how) throws InterruptedException {
        server = TestedServer.start(lab, workspace, how, server.ports());
    }

    /// A promise. What does not hold stands in the page.
    void expect(boolean holds, String promise) {
        if (!holds) {
            wrong.add(promise);
        }
    }

    /// All is well again: nobody is refused, cut, or waits.
    void expectHealthy(Witnessed after) {
        expect(after.encoders().counts().isEmpty(), "encoders do not stay afterwards");
        expect(after.viewers().count("segment 200") >= viewers.size(), "viewers get too few segments afterwards");
        expect(
                after.viewers().countOf("segment") == after.viewers().count("segment 200"),
                "segments are missing afterwards");
        expect(after.viewers().countOf("wrong") == 0, "a playlist broke its promises afterwards");
        expect(
                after.partner().countOf("create") == after.partner().count("create 201")
                        && after.partner().count("create 201") > 0,
                "not every write is taken afterwards");
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /// Waits, and notes as wrong what does not come about.
    void expectWithin(Duration atMost, String promise, BooleanSupplier holds) throws InterruptedException {
        long startNs = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - startNs > atMost.toNanos()) {
                expect(false, promise);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void await(String what, Duration atMost, BooleanSupplier holds) throws InterruptedException {
        Deadline.await(what, atMost, holds);
    }

    /// Lets all go on for a while.
    ///
    /// @return what has happened since the last question
    Witnessed watch(Duration length) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(length.toMillis());
        return witnessed();
    }

    /// What has happened since the last question.
    Witnessed witnessed() {
        double longest =
                viewers.stream().mapToDouble(Viewer::longestWaitMs).max().orElse(0);
        return new Witnessed(encoded.take(), viewed.take(), asked.take(), longest);
    }

    /// How many acknowledged livestreams are gone, in words. More than none is wrong.
    String acknowledged() throws InterruptedException {
        int acknowledged = partners.stream().mapToInt(Partner::acknowledged).sum();
        long lost = 0;
        for (Partner partner : partners) {
            lost += partner.lost();
        }
        expect(lost == 0, lost + " acknowledged livestreams are lost");
        return "%d of %d acknowledged livestreams lost.".formatted(lost, acknowledged);
    }

    @Override
    public void close() {
        Stream.of(encoders, viewers, partners).flatMap(List::stream).forEach(Stage::end);
        workspace.close();
    }

    private static void end(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot be ended", e);
        }
    }

    /// What has happened between two questions.
    ///
    /// @param longestWaitMs a viewer's longest time without a new segment
    record Witnessed(Tally.Taken encoders, Tally.Taken viewers, Tally.Taken partner, double longestWaitMs) {

        /// All of it in words.
        String text() {
            return String.format(
                    Locale.ROOT,
                    "Encoders: %s. Viewers: %s; longest wait for a segment %.1f s. API: %s; half in %.0f ms, 99 %%"
                            + " in %.0f ms.",
                    encoders.counts().isEmpty() ? "go on" : encoders.text(),
                    viewers.text(),
                    longestWaitMs / 1e3,
                    partner.text(),
                    partner.quantileMs(0.5),
                    partner.quantileMs(0.99));
        }
    }
}
