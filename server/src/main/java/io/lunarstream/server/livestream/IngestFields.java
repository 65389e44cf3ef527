package io.lunarstream.server.livestream;

import io.lunarstream.server.http.BodyFields;
import io.lunarstream.server.livestream.IngestView.WarningView;

/// Reads what comes in from an encoder, as a media node tells of it and as the API shows it.
final class IngestFields {
    /// More than there are kinds of warnings.
    private static final int MAX_WARNINGS = 20;

    /// No measure of a stream is greater, in any unit.
    private static final double MAX_NUMBER = 1e9;

    private IngestFields() {}

    /// @param connected whether a publisher is connected, which the object may say of an earlier time
    static IngestView read(BodyFields ingest, boolean connected) {
        return new IngestView(
                connected,
                ingest.requiredText("protocol"),
                ingest.text("videoCodec"),
                ingest.text("audioCodec"),
                ingest.integerWithin("width", 0, Integer.MAX_VALUE).map(Long::intValue),
                ingest.integerWithin("height", 0, Integer.MAX_VALUE).map(Long::intValue),
                ingest.numberWithin("frameRate", 0, MAX_NUMBER),
                ingest.integerWithin("bitrateKbps", 0, Integer.MAX_VALUE).map(Long::intValue),
                ingest.numberWithin("keyframeIntervalSeconds", 0, MAX_NUMBER),
                ingest.numberWithin("longestKeyframeIntervalSeconds", 0, MAX_NUMBER),
                ingest.requiredFlag("bFrames"),
                ingest.integerWithin("audioAheadMs", Integer.MIN_VALUE, Integer.MAX_VALUE)
                        .map(Long::intValue),
                ingest.requiredIntegerWithin("timestampRepairs", 0, Long.MAX_VALUE),
                ingest.objects("warnings", MAX_WARNINGS).stream()
                        .map(warning -> new WarningView(warning.requiredText("code"), warning.requiredText("message")))
                        .toList());
    }
}
