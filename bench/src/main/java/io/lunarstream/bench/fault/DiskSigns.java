package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.Stage.Witnessed;

/// What is told of every disk that fails, and promised.
final class DiskSigns {
    private DiskSigns() {}

    /// What the operator sees now.
    static String of(Stage stage, TestedServer.Log log) {
        TestedServer server = stage.server();
        return "`/health/ready` %s; `lunar_media_disk_failing` %.0f, `lunar_media_disk_failures_total` %.0f,"
                        .formatted(
                                server.ready(),
                                server.metric("lunar_media_disk_failing").orElse(-1),
                                server.metric("lunar_media_disk_failures_total").orElse(-1))
                + " `lunar_media_disk_waiting_bytes` %.0f; %s"
                        .formatted(
                                server.metric("lunar_media_disk_waiting_bytes").orElse(-1), log.text());
    }

    /// Playback goes on from memory, and encoders do not notice.
    static void expectPlayback(Stage stage, Witnessed during) {
        stage.expect(during.encoders().counts().isEmpty(), "encoders were cut");
        stage.expect(during.viewers().countOf("wrong") == 0, "a playlist broke its promises");
        stage.expect(during.longestWaitMs() < 6_000, "a viewer waited for a segment");
        stage.expect(
                during.viewers().countOf("segment") == during.viewers().count("segment 200"),
                "a segment that was listed could not be had");
        stage.expect(during.partner().countOf("create 500") == 0, "a write was answered by 500");
    }

    /// How it went on when the disk was well again.
    static String recovery(Stage stage, TestedServer.Log log, Witnessed back) throws InterruptedException {
        boolean failed = log.lines().stream().anyMatch(line -> line.contains("Media cannot be written to"));
        boolean said = log.lines().stream().anyMatch(line -> line.contains("Media are written to"));
        stage.expect(said == failed, "the log does not say when media could be written again");
        return "Within 25 s: " + back.text() + (said ? " The log says that media are written again. " : " ")
                + stage.acknowledged();
    }
}
