package io.lunarstream.server.livestream;

import io.lunarstream.server.http.BodyFields;
import io.lunarstream.server.http.Values;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.livestream.NodeReport.Event;
import io.lunarstream.server.livestream.NodeReport.HeldStream;
import io.lunarstream.server.mediaserver.MediaNodes.Self;
import io.lunarstream.server.mediaserver.MediaServerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Reads the report of a media node. Fields and events that this release does not know are skipped, so that nodes of
/// a newer one can report to it.
final class NodeReportFields {
    /// What happens on a busy node in minutes; a node with more to tell sends several reports.
    private static final int MAX_EVENTS = 100;

    /// Each takes about 700 bytes, and a body has 64 KiB.
    private static final int MAX_STREAMS = 50;

    /// Several times what one takes that warns of everything.
    private static final int MAX_INGEST_CHARACTERS = 10_000;

    /// Far above what any encoder has between two keyframes.
    private static final long MAX_KEYFRAME_INTERVAL_MS = Duration.ofHours(1).toMillis();

    private final BodyFields body;

    NodeReportFields(BodyFields body) {
        this.body = body;
    }

    /// What is told, in the right shape; its values are not checked.
    NodeReport read() {
        return new NodeReport(
                self(),
                body.objects("events", MAX_EVENTS).stream()
                        .flatMap(NodeReportFields::event)
                        .toList(),
                body.objects("streams", MAX_STREAMS).stream()
                        .map(NodeReportFields::stream)
                        .toList());
    }

    private Self self() {
        return new Self(
                body.requiredText("rtmpServer"),
                body.text("rtmpsServer"),
                body.requiredText("hlsBaseUrl"),
                (int) body.requiredIntegerWithin("maxStreams", 1, MediaServerRegistry.MAX_STREAMS),
                count(body, "activeStreams"),
                count(body, "viewers"),
                body.numberWithin("cpuLoad", 0, 1),
                body.requiredFlag("stopping"));
    }

    private static Stream<Event> event(BodyFields event) {
        return switch (event.requiredText("type")) {
            case "playable" ->
                Stream.of(new Event.Playable(
                        event.requiredUuid("livestreamId"),
                        event.requiredUuid("tokenId"),
                        event.integerWithin("fence", 0, Long.MAX_VALUE),
                        event.requiredInstant("at")));
            case "keyframe_interval" ->
                Stream.of(new Event.KeyframeInterval(
                        event.requiredUuid("livestreamId"),
                        event.integerWithin("fence", 0, Long.MAX_VALUE),
                        Duration.ofMillis(event.requiredIntegerWithin("milliseconds", 1, MAX_KEYFRAME_INTERVAL_MS))));
            case "ended" ->
                Stream.of(new Event.Ended(
                        event.requiredUuid("livestreamId"),
                        event.integerWithin("fence", 0, Long.MAX_VALUE),
                        event.requiredWord("reason", List.of(EndReason.values()), EndReason::apiName),
                        event.requiredInstant("at")));
            default -> Stream.empty();
        };
    }

    private static HeldStream stream(BodyFields stream) {
        BodyFields ingest = stream.requiredObject("ingest");
        boolean connected = ingest.requiredFlag("connected");
        IngestFields.read(ingest, connected);
        return new HeldStream(
                stream.requiredUuid("livestreamId"),
                stream.uuid("tokenId"),
                stream.integerWithin("fence", 0, Long.MAX_VALUE),
                count(stream, "viewers"),
                connected,
                ingest.json());
    }

    private static int count(BodyFields fields, String name) {
        return (int) fields.requiredIntegerWithin(name, 0, Integer.MAX_VALUE);
    }

    /// The same with values that can be stored, or 422.
    static NodeReport checked(NodeReport report) {
        Values values = new Values();
        Self self = report.self().checked(values);
        for (int i = 0; i < report.streams().size(); i++) {
            values.text("streams." + i + ".ingest", report.streams().get(i).ingest(), MAX_INGEST_CHARACTERS);
        }
        values.check();
        return new NodeReport(self, report.events(), report.streams());
    }
}
